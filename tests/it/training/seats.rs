//! One's own seats, seats taken back, and who hears of what.

use chrono::TimeDelta;
use serde_json::{Value as Json, json};

use crate::world::World;

#[actix_web::test]
async fn members_list_their_own_seats_and_places_in_waiting_lists() {
    let world = World::start();
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    let first = wood.teaches("2026-03-05 10:00-12:00", &[]).await.expect(201);
    let second = metal.teaches("2026-03-04 10:00-12:00", &[]).await.expect(201);
    let seat = |made: &Json| format!("training-sessions/{}/enrolments", made["id"].as_str().unwrap());
    bob.post(&seat(&first), json!({})).await.expect(201);
    ada.post(&seat(&first), json!({})).await.expect(201);
    ada.post(&seat(&second), json!({})).await.expect(201);
    let mine = ada.get("me/enrolments").await.expect(200);
    let told = |one: &Json| {
        (one["session"]["training"]["slug"].clone(), one["state"].clone(), one["position"].clone())
    };
    let all: Vec<_> = mine["items"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(
        all,
        [(json!("metal"), json!("enrolled"), Json::Null), (json!("bois"), json!("waiting"), json!(1))]
    );
    let page = ada.get("me/enrolments?limit=1").await.expect(200);
    let next = format!("me/enrolments?limit=1&after={}", page["next"].as_str().unwrap());
    assert_eq!(ada.get(&next).await.expect(200)["items"][0]["session"]["training"]["slug"], "bois");
    assert_eq!(ada.delete(&format!("{}/me", seat(&first))).await.status, 204);
    assert_eq!(ada.get("me/enrolments").await.expect(200)["items"].as_array().unwrap().len(), 1);
    world.clock.advance(TimeDelta::days(3));
    assert_eq!(ada.get("me/enrolments").await.expect(200)["items"], json!([]));
    let before = ada.get("me/enrolments?from=2026-03-01T00:00:00Z").await.expect(200);
    assert_eq!(before["items"].as_array().unwrap().len(), 1, "what is over can be asked for");
}

#[actix_web::test]
async fn a_learner_is_taken_out_with_a_reason_and_the_first_who_waits_has_the_seat() {
    let world = World::start();
    let course = world.training("bois").await;
    let (ada, bob, staff) = (world.member("ada").await, world.member("bob").await, world.staff().await);
    let id = course.session(1).await;
    let path = format!("training-sessions/{id}/enrolments");
    for one in [&ada, &bob] {
        one.post(&path, json!({})).await.expect(201);
    }
    let removal = format!("{path}/{}/removal", ada.id);
    bob.post(&removal, json!({ "reason": "Non." })).await.problem(403, "forbidden");
    staff.post(&removal, json!({ "reason": " " })).await.problem(422, "invalid_request");
    assert_eq!(staff.post(&removal, json!({ "reason": "Trop jeune." })).await.status, 204);
    staff.post(&removal, json!({ "reason": "Encore." })).await.problem(409, "not_enrolled");
    let told = world.posted_to("ada@example.org").await.pop().unwrap();
    assert_eq!(told.kind, "training_removed");
    assert!(told.body.contains("Trop jeune."), "{}", told.body);
    assert_eq!(told.invitation.unwrap()["method"], "CANCEL");
    assert_eq!(bob.get(&format!("{path}/me")).await.expect(200)["state"], "enrolled");
    let journal = world.journal_of(&id).await;
    assert_eq!(journal.last().unwrap(), &("learner_removed".to_owned(), Some("Trop jeune.".to_owned())));
}

#[actix_web::test]
async fn a_change_keeps_the_length_and_is_told_to_those_it_concerns() {
    let world = World::start();
    let course = world.training("bois").await;
    let (ada, bob, staff) = (world.member("ada").await, world.member("bob").await, world.staff().await);
    let id = course.session(1).await;
    let path = format!("training-sessions/{id}");
    for one in [&ada, &bob] {
        one.post(&format!("{path}/enrolments"), json!({})).await.expect(201);
    }
    let kinds = async |who: &str| {
        let letters = world.posted_to(&format!("{who}@example.org")).await;
        letters.into_iter().map(|letter| letter.kind).collect::<Vec<_>>()
    };
    course.trainer.patch(&path, json!({ "place": "Salle 2" })).await.expect(200);
    assert_eq!(kinds("ada").await, ["training_confirmed", "training_changed"]);
    assert_eq!(kinds("bob").await, ["training_waiting"], "who waits comes to no place");
    assert!(kinds("bois-trainer").await.is_empty(), "it was their doing");
    let before = course.trainer.get(&path).await.expect(200);
    let start: chrono::DateTime<chrono::Utc> = before["starts_at"].as_str().unwrap().parse().unwrap();
    let moved = staff.patch(&path, json!({ "starts_at": start + TimeDelta::hours(1) })).await.expect(200);
    let end: chrono::DateTime<chrono::Utc> = moved["ends_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(end - start, TimeDelta::hours(4), "three hours, an hour later");
    assert_eq!(kinds("bob").await, ["training_waiting", "training_changed"]);
    assert_eq!(kinds("bois-trainer").await, ["lesson_changed"]);
    let same = staff.patch(&path, json!({ "starts_at": moved["starts_at"] })).await.expect(200);
    assert_eq!(same["ends_at"], moved["ends_at"]);
    assert_eq!(kinds("ada").await.len(), 3, "nothing changed, nobody is told");
    staff.post(&format!("{path}/cancellation"), json!({ "reason": "Neige." })).await.expect(200);
    assert_eq!(kinds("bob").await.last().unwrap(), "training_cancelled", "who waits is told too");
    assert_eq!(kinds("bois-trainer").await, ["lesson_changed", "lesson_cancelled"]);
}

#[actix_web::test]
async fn lists_say_which_sessions_the_reader_may_take() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let ada = world.maker("Ada").await;
    let free = course.teaches("2026-03-03 10:00-12:00", &["scie"]).await.expect(201);
    course.teaches("2026-03-04 10:00-12:00", &["scie"]).await.expect(201);
    ada.books("imprimante", "2026-03-03 10:00-12:00").await.expect(201);
    ada.books("scie-2", "2026-03-04 09:30-10:30").await.problem(409, "workshop_full");
    ada.books("scie-2", "2026-03-04 09:00-10:00").await.expect(201);
    let takeable = async || {
        let listed = ada.get("trainings/bois/sessions").await.expect(200);
        listed["items"].as_array().unwrap().iter().map(|one| one["takeable"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(takeable().await, [true, true]);
    let seat = format!("training-sessions/{}/enrolments", free["id"].as_str().unwrap());
    ada.post(&seat, json!({})).await.expect(201);
    assert_eq!(takeable().await, [false, true], "she sits in the first");
    course.teaches("2026-03-05 14:00-16:00", &[]).await.expect(201);
    ada.books("scie", "2026-03-05 15:00-17:00").await.expect(201);
    assert_eq!(takeable().await, [false, true, false], "she has booked then");
    let anybody = world.stranger().get("trainings/bois/sessions").await.expect(200);
    assert!(anybody["items"][0].get("takeable").is_none(), "{anybody}");
}
