//! The day before, once, and not without asking the facts again.

use serde_json::json;

use crate::world::{World, people::Person, training::Kept};

async fn reminded(world: &World, who: &Person<'_>) -> Vec<Kept> {
    let letters = world.posted_to(&who.email).await;
    letters
        .into_iter()
        .filter(|letter| ["training_reminder", "training_doubtful"].contains(&letter.kind.as_str()))
        .collect()
}

#[actix_web::test]
async fn the_day_before_learners_and_trainer_are_reminded_once() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = course.teaches("2026-03-05 10:00-12:00", &["scie"]).await.expect(201);
    let path = format!("training-sessions/{}/enrolments", made["id"].as_str().unwrap());
    ada.post(&path, json!({})).await.expect(201);
    bob.post(&path, json!({})).await.expect(201);
    world.runs("training_reminders").await;
    assert!(reminded(&world, &ada).await.is_empty(), "it is days away");
    world.clock.set("2026-03-04T09:30:00Z".parse().unwrap());
    for _ in 0..2 {
        world.runs("training_reminders").await;
    }
    for who in [&ada, &course.trainer] {
        let letters = reminded(&world, who).await;
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].kind, "training_reminder");
        assert!(letters[0].body.contains("jeudi 5 mars 2026"), "{}", letters[0].body);
    }
    assert!(reminded(&world, &bob).await.is_empty(), "who waits has no seat to come to");
}

#[actix_web::test]
async fn a_reminder_says_what_stands_in_the_way() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    staff.patch("workshops/bois", json!({ "capacity": 6 })).await.expect(200);
    let made = course.teaches("2026-03-05 10:00-12:00", &["scie"]).await.expect(201);
    let path = format!("training-sessions/{}", made["id"].as_str().unwrap());
    course.trainer.patch(&path, json!({ "seats": 2 })).await.expect(200);
    for one in [&ada, &bob] {
        one.post(&format!("{path}/enrolments"), json!({})).await.expect(201);
    }
    let suspension = json!({ "reason": "Outils cassés." });
    staff.post(&format!("members/{}/suspension", bob.id), suspension).await.expect(200);
    world.clock.set("2026-03-04T09:30:00Z".parse().unwrap());
    world.runs("training_reminders").await;
    assert_eq!(reminded(&world, &ada).await[0].kind, "training_reminder");
    let told = reminded(&world, &bob).await;
    assert_eq!(told[0].kind, "training_doubtful");
    assert!(told[0].body.contains("Outils cassés."), "{}", told[0].body);

    let broken = json!({ "state": "broken", "reason": "Lame fendue." });
    staff.post("machines/scie/state", broken).await.expect(200);
    world.runs("training_reminders").await;
    for who in [&ada, &course.trainer] {
        let told = reminded(&world, who).await;
        assert_eq!(told.len(), 2, "what has come up since is told as well");
        assert!(told[1].body.contains("Lame fendue."), "{}", told[1].body);
    }
    let listed = staff.get("training-sessions/affected").await.expect(200);
    assert_eq!(listed["items"][0]["refusals"][0]["code"], "machine_out_of_service", "staff see it");
}
