//! `/certifications`: given, suspended, revoked, and about to end.

use chrono::TimeDelta;
use etabli::{
    kernel::{Locale, MemberId},
    training::{self, Holding},
};
use serde_json::json;

use crate::world::World;

async fn holds(world: &World, member: MemberId, slug: &'static str, on: &'static str) -> Holding {
    let read = move |db: &mut etabli::store::Db| {
        let id = training::find(db, slug)?.unwrap().id;
        Ok(training::holding(&training::held(db, member, &[id])?, id, on.parse().unwrap()))
    };
    world.app.store.read(read).await.unwrap()
}

#[actix_web::test]
async fn a_certification_holds_through_its_last_day() {
    let world = World::start();
    let course = world.training("bois").await;
    let ada = world.member("ada").await;
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-02").await, Holding::Missing);
    let body = json!({ "training": "bois", "valid_until": "2026-04-10", "note": "Menuisière de métier." });
    let given = course.trainer.post(&format!("members/{}/certifications", ada.id), body).await;
    let location = given.header("location").trim_start_matches("/api/v1/").to_owned();
    given.expect(201);
    assert_eq!(ada.get(&location).await.expect(200)["expired"], false);
    assert_eq!(holds(&world, ada.id, "bois", "2026-04-10").await, Holding::Held);
    let on = "2026-04-10".parse().unwrap();
    assert_eq!(holds(&world, ada.id, "bois", "2026-04-11").await, Holding::Expired { on });
    // 23:30 in Paris on the last day, then 00:30 on the day after.
    world.clock.set("2026-04-10T21:30:00Z".parse().unwrap());
    let staff = world.member("staff").staff().await;
    assert_eq!(staff.get(&location).await.expect(200)["expired"], false);
    world.clock.advance(TimeDelta::hours(1));
    assert_eq!(staff.get(&location).await.expect(200)["expired"], true);
}

#[actix_web::test]
async fn suspending_lifting_and_revoking_leave_their_history() {
    let world = World::start();
    let course = world.training("bois").await;
    let ada = world.member("ada").speaks(Locale::En).await;
    world.trained_on(ada.id, "bois").await;
    let id = ada.get("me/certifications").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    let trainer = &course.trainer;
    let (suspension, revocation) =
        (format!("certifications/{id}/suspension"), format!("certifications/{id}/revocation"));

    trainer.delete(&suspension).await.problem(409, "certification_over");
    let done = trainer.post(&suspension, json!({ "reason": "Sans lunettes." })).await.expect(200);
    assert_eq!(done["certification"]["state"], "suspended");
    assert_eq!(done["affected"], json!([]));
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-03").await, Holding::Suspended);
    trainer.post(&suspension, json!({ "reason": "Encore." })).await.problem(409, "certification_over");
    assert_eq!(trainer.delete(&suspension).await.expect(200)["state"], "valid");
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-03").await, Holding::Held);
    trainer.post(&revocation, json!({ "reason": "A enlevé le capot." })).await.expect(200);
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-03").await, Holding::Missing);
    trainer.delete(&suspension).await.problem(409, "certification_over");

    let said = |action: &str, reason: Option<&str>| (action.to_owned(), reason.map(str::to_owned));
    let expected = [
        said("certification_given", None),
        said("certification_suspended", Some("Sans lunettes.")),
        said("certification_restored", None),
        said("certification_revoked", Some("A enlevé le capot.")),
    ];
    assert_eq!(world.journal_of(&id).await, expected);
    let letters = world.posted_to("ada@example.org").await;
    let subjects: Vec<&str> = letters.iter().map(|letter| letter.subject.as_str()).collect();
    let expected = [
        "Certification obtained",
        "Certification suspended",
        "Certification restored",
        "Certification revoked",
    ];
    assert_eq!(subjects, expected.map(|subject| format!("{subject}: Training bois")));
    assert!(letters[3].body.contains("Reason: A enlevé le capot."), "{}", letters[3].body);

    world.clock.advance(TimeDelta::days(1));
    world.trained_on(ada.id, "bois").await;
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-03").await, Holding::Held);
    let all = ada.get("me/certifications").await.expect(200);
    let states: Vec<_> = all["items"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["valid", "revoked"], "a renewal is a new one");
}

#[actix_web::test]
async fn only_its_trainers_and_staff_give_and_take_certifications() {
    let world = World::start();
    let course = world.training("bois").await;
    let other = world.training("metal").await.trainer;
    let (ada, bob, staff) =
        (world.member("ada").await, world.member("bob").await, world.member("staff").staff().await);
    let give = format!("members/{}/certifications", ada.id);
    let body = json!({ "training": "bois", "note": "Examinée." });
    for one in [&ada, &other] {
        one.post(&give, body.clone()).await.problem(403, "forbidden");
    }
    let id = staff.post(&give, body).await.expect(201)["id"].as_str().unwrap().to_owned();
    for verb in ["suspension", "revocation"] {
        let path = format!("certifications/{id}/{verb}");
        for one in [&ada, &bob, &other] {
            one.post(&path, json!({ "reason": "Non." })).await.problem(403, "forbidden");
        }
    }
    bob.get(&format!("certifications/{id}")).await.problem(404, "not_found");
    bob.get(&give).await.problem(403, "forbidden");
    let seen = other.get(&give).await.expect(200);
    assert_eq!(seen["items"][0]["valid_until"], "2028-03-02");
    course
        .trainer
        .post(&format!("certifications/{id}/suspension"), json!({ "reason": "À revoir." }))
        .await
        .expect(200);
}

#[actix_web::test]
async fn certifications_about_to_end_are_told_once_unless_renewed() {
    let world = World::start();
    world.training("bois").await;
    world.training("metal").await;
    let (ada, bob, staff) =
        (world.member("ada").await, world.member("bob").await, world.member("staff").staff().await);
    for (member, training) in [(ada.id, "bois"), (bob.id, "bois"), (ada.id, "metal")] {
        let until = if training == "metal" { "2026-04-03" } else { "2026-04-01" };
        let body = json!({ "training": training, "valid_until": until, "note": "Examen." });
        staff.post(&format!("members/{member}/certifications"), body).await.expect(201);
    }
    world.clock.advance(TimeDelta::hours(1));
    world.trained_on(bob.id, "bois").await;
    let due = async || {
        let now = world.app.now();
        world.app.store.write(move |db| training::remind::due(db, now)).await.unwrap();
    };
    let told = async |address: &str| {
        let letters = world.posted_to(address).await;
        letters.into_iter().filter(|letter| letter.kind == "certification_expiring").collect::<Vec<_>>()
    };
    due().await;
    due().await;
    let letters = told("ada@example.org").await;
    assert_eq!(letters.len(), 1, "within thirty days, once, and metal has a day too many");
    assert_eq!(letters[0].subject, "Votre habilitation arrive à échéance : Formation bois");
    assert!(letters[0].body.contains("mercredi 1er avril 2026"), "{}", letters[0].body);
    assert_eq!(told("bob@example.org").await.len(), 0, "renewed");
    world.clock.advance(TimeDelta::days(2));
    due().await;
    assert_eq!(told("ada@example.org").await.len(), 2);
}

#[actix_web::test]
async fn what_stops_somebody_is_written_on_every_certification_they_have_of_the_training() {
    let world = World::start();
    let course = world.training("bois").await;
    let ada = world.member("ada").await;
    let mut given = Vec::new();
    for _ in 0..2 {
        world.trained_on(ada.id, "bois").await;
        world.clock.advance(TimeDelta::days(1));
        let all = ada.get("me/certifications").await.expect(200);
        given.push(all["items"][0]["id"].as_str().unwrap().to_owned());
    }
    let states = async || {
        let all = ada.get("me/certifications").await.expect(200);
        let states = all["items"].as_array().unwrap().iter().map(|one| one["state"].clone());
        states.map(|state| state.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let suspension = |id: &str| format!("certifications/{id}/suspension");
    let trainer = &course.trainer;
    let reason = json!({ "reason": "Sans lunettes." });
    let done = trainer.post(&suspension(&given[0]), reason.clone()).await.expect(200);
    assert_eq!(done["certification"]["id"], json!(given[0]));
    assert_eq!((&done["also"][0]["id"], &done["also"][0]["state"]), (&json!(given[1]), &json!("suspended")));
    assert_eq!(states().await, ["suspended", "suspended"], "as the rule book says");
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-05").await, Holding::Suspended);
    for id in &given {
        let said = world.journal_of(id).await;
        let last = ("certification_suspended".to_owned(), Some("Sans lunettes.".to_owned()));
        assert_eq!(said.last(), Some(&last));
    }
    let letters = world.posted_to("ada@example.org").await;
    assert_eq!(letters.iter().filter(|letter| letter.kind == "certification_suspended").count(), 1);

    trainer.delete(&suspension(&given[1])).await.expect(200);
    assert_eq!(states().await, ["valid", "valid"], "whichever of them is named");
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-05").await, Holding::Held);

    trainer.post(&suspension(&given[1]), reason.clone()).await.expect(200);
    world.clock.advance(TimeDelta::hours(1));
    world.trained_on(ada.id, "bois").await;
    assert_eq!(states().await, ["valid", "suspended", "suspended"], "one given afterwards counts");
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-05").await, Holding::Held);

    world.clock.advance(TimeDelta::hours(1));
    let done = trainer.post(&format!("certifications/{}/revocation", given[0]), reason).await.expect(200);
    assert_eq!(done["also"].as_array().unwrap().len(), 2);
    assert_eq!(states().await, ["revoked", "revoked", "revoked"]);
    assert_eq!(holds(&world, ada.id, "bois", "2026-03-05").await, Holding::Missing);
}
