//! `/training-sessions`.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World};

fn at(world: &World, days: i64, hours: i64) -> Json {
    json!(world.app.now() + TimeDelta::days(days) + TimeDelta::hours(hours))
}

#[actix_web::test]
async fn sessions_ahead_are_listed_without_names_of_learners() {
    let world = World::start();
    let course = world.training("bois").await;
    let ada = world.member("ada").await;
    let id = course.session(4).await;
    ada.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    let list = world.stranger().get("trainings/bois/sessions").await.expect(200);
    let one = &list["items"][0];
    assert_eq!((&one["seats"], &one["seats_left"], &one["waiting"]), (&json!(4), &json!(3), &json!(0)));
    assert_eq!(one["trainer"], "bois-trainer");
    let told = list.to_string();
    // In quotes: the three letters alone stand in many an identifier.
    assert!(!told.contains("\"ada\"") && !told.contains(&ada.id.to_string()), "{list}");

    let mine = ada.get(&format!("training-sessions/{id}")).await.expect(200);
    assert!(mine.get("roster").is_none(), "{mine}");
    let roster = course.trainer.get(&format!("training-sessions/{id}")).await.expect(200)["roster"].clone();
    assert_eq!(roster, json!([{ "member": { "id": ada.id, "display_name": "ada" }, "state": "enrolled" }]));

    world.clock.advance(TimeDelta::days(4));
    let over = world.stranger().get("trainings/bois/sessions").await.expect(200);
    assert_eq!(over["items"], json!([]));
}

#[actix_web::test]
async fn pages_of_sessions_leave_none_out() {
    let world = World::start();
    let course = world.training("bois").await;
    for day in [5, 3, 4, 2, 6] {
        let body = json!({ "training": "bois", "seats": 1, "starts_at": at(&world, day, 0), "ends_at": at(&world, day, 2) });
        course.trainer.post("training-sessions", body).await.expect(201);
    }
    let (mut path, mut starts) = ("trainings/bois/sessions?limit=2".to_owned(), Vec::new());
    loop {
        let page = world.stranger().get(&path).await.expect(200);
        starts.extend(
            page["items"].as_array().unwrap().iter().map(|one| one["starts_at"].as_str().unwrap().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("trainings/bois/sessions?limit=2&after={next}");
    }
    let mut sorted = starts.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((starts.len(), &starts), (5, &sorted));
}

#[actix_web::test]
async fn only_its_trainers_and_staff_put_a_session_on_the_calendar() {
    let world = World::start();
    let course = world.training("bois").await;
    let other = world.training("metal").await.trainer;
    let (ada, staff) = (world.member("ada").await, world.member("staff").staff().await);
    let body = |trainer: Option<&str>, day: i64| json!({ "training": "bois", "seats": 4, "starts_at": at(&world, day, 0), "ends_at": at(&world, day, 3), "trainer": trainer });
    ada.post("training-sessions", body(None, 1)).await.problem(403, "forbidden");
    other.post("training-sessions", body(None, 1)).await.problem(403, "forbidden");
    let wrong =
        staff.post("training-sessions", body(Some(&other.email), 1)).await.problem(422, "invalid_request");
    assert_eq!(wrong["fields"][0]["code"], "not_its_trainer");
    staff.post("training-sessions", body(Some(&course.trainer.email), 1)).await.expect(201);
    course.trainer.post("training-sessions", body(None, 1)).await.problem(409, "trainer_busy");
    course.trainer.post("training-sessions", body(None, 2)).await.expect(201);
}

#[actix_web::test]
async fn absurd_sessions_are_refused() {
    let world = World::start();
    let course = world.training("bois").await;
    let cases = [
        (at(&world, -1, 0), at(&world, 1, 0), "period_in_past"),
        (at(&world, 2, 0), at(&world, 1, 0), "invalid_period"),
        (at(&world, 1, 0), at(&world, 401, 0), "invalid_request"),
        (at(&world, 900, 0), at(&world, 900, 1), "invalid_request"),
        (json!("9999-01-01T00:00:00Z"), at(&world, 1, 0), "invalid_request"),
    ];
    for (starts_at, ends_at, code) in cases {
        let body = json!({ "training": "bois", "seats": 4, "starts_at": starts_at, "ends_at": ends_at });
        course.trainer.post("training-sessions", body).await.problem(422, code);
    }
    let body = json!({ "training": "nothing", "seats": 501, "starts_at": at(&world, 1, 0), "ends_at": at(&world, 1, 1) });
    course.trainer.post("training-sessions", body).await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn a_session_called_off_is_told_to_everybody_with_the_reason() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(1).await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    for one in [&ada, &bob] {
        one.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    }
    let stranger = world.member("metal-trainer").trainer().await;
    let path = format!("training-sessions/{id}/cancellation");
    stranger.post(&path, json!({ "reason": "Non" })).await.problem(403, "forbidden");
    let gone = course.trainer.post(&path, json!({ "reason": "Panne de chauffage." })).await.expect(200);
    assert!(gone["cancelled_at"].is_string());
    course.trainer.post(&path, json!({ "reason": "Encore." })).await.problem(409, "session_over");

    let seated = world.posted_to("ada@example.org").await.pop().unwrap();
    assert_eq!(seated.kind, "training_cancelled");
    assert!(seated.body.contains("Panne de chauffage."), "{}", seated.body);
    assert_eq!(seated.invitation.unwrap()["method"], "CANCEL");
    let waiting = world.posted_to("bob@example.org").await.pop().unwrap();
    assert_eq!((waiting.kind.as_str(), waiting.invitation), ("training_cancelled", None));
    let journal = world.journal_of(&id).await;
    assert_eq!(
        journal.last().unwrap(),
        &("training_session_cancelled".to_owned(), Some("Panne de chauffage.".to_owned()))
    );
    world
        .member("eve")
        .await
        .post(&format!("training-sessions/{id}/enrolments"), json!({}))
        .await
        .problem(409, "session_over");
    assert_eq!(world.stranger().get("trainings/bois/sessions").await.expect(200)["items"], json!([]));
}

#[actix_web::test]
async fn a_session_that_moves_is_told_with_a_newer_invitation() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(2).await;
    let ada = world.member("ada").await;
    ada.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    let path = format!("training-sessions/{id}");
    let stale = course.trainer.get(&path).await.header("etag").to_owned();
    let moved = json!({ "starts_at": at(&world, 5, 0), "ends_at": at(&world, 5, 2), "place": null });
    course.trainer.patch(&path, moved.clone()).await.expect(200);
    let again =
        Answer::to(course.trainer.request(Method::PATCH, &path).header("if-match", stale).json(&moved)).await;
    again.problem(412, "precondition_failed");
    let letters = world.posted_to("ada@example.org").await;
    let kinds: Vec<&str> = letters.iter().map(|letter| letter.kind.as_str()).collect();
    assert_eq!(kinds, ["training_confirmed", "training_changed"]);
    let event = |at: usize| letters[at].invitation.as_ref().unwrap()["event"].clone();
    assert_eq!(event(0)["uid"], event(1)["uid"]);
    assert!(event(0)["sequence"].as_i64() < event(1)["sequence"].as_i64());
    assert_eq!(event(1)["starts_at"], at(&world, 5, 0));
}
