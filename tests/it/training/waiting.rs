//! `/training-sessions/{id}/enrolments`: seats, and who waits for one.

use chrono::TimeDelta;
use etabli::kernel::Locale;
use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn a_full_session_keeps_a_list_and_a_seat_given_back_goes_to_the_first() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(1).await;
    let path = format!("training-sessions/{id}/enrolments");
    let ada = world.member("ada").await;
    let bob = world.member("bob").speaks(Locale::En).await;
    let eve = world.member("eve").await;
    let first = ada.post(&path, json!({})).await;
    assert_eq!(first.header("location"), format!("/api/v1/{path}/me"));
    assert_eq!(first.expect(201)["state"], "enrolled");
    assert_eq!(bob.post(&path, json!({})).await.expect(201)["position"], 1);
    assert_eq!(eve.post(&path, json!({})).await.expect(201)["position"], 2);
    eve.post(&path, json!({})).await.problem(409, "already_enrolled");

    assert_eq!(ada.delete(&format!("{path}/me")).await.status, 204);
    assert_eq!(bob.get(&format!("{path}/me")).await.expect(200)["state"], "enrolled");
    assert_eq!(eve.get(&format!("{path}/me")).await.expect(200)["position"], 1);
    ada.get(&format!("{path}/me")).await.problem(404, "not_found");
    ada.delete(&format!("{path}/me")).await.problem(409, "not_enrolled");
    let session = world.stranger().get(&format!("training-sessions/{id}")).await.expect(200);
    assert_eq!((&session["seats_left"], &session["waiting"]), (&json!(0), &json!(1)));

    let promoted = world.posted_to("bob@example.org").await.pop().unwrap();
    assert_eq!((promoted.kind.as_str(), promoted.locale.as_str()), ("training_promoted", "en"));
    assert_eq!(promoted.subject, "A seat has become free for you: Training bois");
    assert!(promoted.body.contains("Thursday 5 March 2026 at 09:00"), "{}", promoted.body);
    assert_eq!(promoted.invitation.unwrap()["method"], "REQUEST");
    let left = world.posted_to("ada@example.org").await;
    let kinds: Vec<&str> = left.iter().map(|letter| letter.kind.as_str()).collect();
    assert_eq!(kinds, ["training_confirmed", "training_left"]);
    assert!(left[0].body.contains("jeudi 5 mars 2026 à 09:00"), "{}", left[0].body);
    let waited = world.posted_to("eve@example.org").await;
    assert_eq!(waited.len(), 1, "nobody else is told");
    assert!(waited[0].body.contains("2e position"), "{}", waited[0].body);
}

#[actix_web::test]
async fn whoever_left_may_come_back_behind_the_others() {
    let world = World::start();
    let course = world.training("bois").await;
    let path = format!("training-sessions/{}/enrolments", course.session(1).await);
    let (ada, bob, eve) = (world.member("ada").await, world.member("bob").await, world.member("eve").await);
    for one in [&ada, &bob, &eve] {
        one.post(&path, json!({})).await.expect(201);
    }
    assert_eq!(bob.delete(&format!("{path}/me")).await.status, 204);
    assert_eq!(eve.get(&format!("{path}/me")).await.expect(200)["position"], 1);
    assert_eq!(bob.post(&path, json!({})).await.expect(201)["position"], 2);
}

#[actix_web::test]
async fn more_seats_go_to_those_who_wait_and_fewer_than_taken_are_refused() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(1).await;
    let path = format!("training-sessions/{id}");
    let mut people = Vec::new();
    for name in ["ada", "bob", "eve", "joe"] {
        let one = world.member(name).await;
        one.post(&format!("{path}/enrolments"), json!({})).await.expect(201);
        people.push(one);
    }
    let more = course.trainer.patch(&path, json!({ "seats": 3 })).await.expect(200);
    assert_eq!((&more["seats_left"], &more["waiting"]), (&json!(0), &json!(1)));
    assert_eq!(people[2].get(&format!("{path}/enrolments/me")).await.expect(200)["state"], "enrolled");
    assert_eq!(people[3].get(&format!("{path}/enrolments/me")).await.expect(200)["position"], 1);
    let fewer = course.trainer.patch(&path, json!({ "seats": 2 })).await.problem(422, "invalid_request");
    assert_eq!(fewer["fields"][0]["code"], "below_taken");
    assert!(fewer["fields"][0]["detail"].as_str().unwrap().contains('3'), "{fewer}");
}

#[actix_web::test]
async fn every_reason_against_a_seat_is_told_at_once() {
    let world = World::start();
    let course = world.training("bois").await;
    let path = format!("training-sessions/{}/enrolments", course.session(4).await);
    let ada = world.member("ada").unconfirmed().await;
    let staff = world.member("staff").staff().await;
    ada.post(&path, json!({})).await.problem(403, "email_unconfirmed");
    staff
        .post(&format!("members/{}/suspension", ada.id), json!({ "reason": "Outils cassés." }))
        .await
        .expect(200);
    let both = ada.post(&path, json!({})).await.problem(403, "email_unconfirmed");
    let codes: Vec<_> = both["refusals"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes, ["email_unconfirmed", "account_suspended"]);

    world.clock.advance(TimeDelta::days(3));
    world.member("bob").await.post(&path, json!({})).await.problem(409, "session_over");
    world.stranger().post(&path, json!({})).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn only_staff_enrol_somebody_else_and_the_journal_knows() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(4).await;
    let path = format!("training-sessions/{id}/enrolments");
    let (ada, bob, staff) =
        (world.member("ada").await, world.member("bob").await, world.member("staff").staff().await);
    bob.post(&path, json!({ "member": ada.id })).await.problem(403, "forbidden");
    let placed = staff.post(&path, json!({ "member": ada.email })).await.expect(201);
    assert_eq!(placed["member"], json!(ada.id));
    let done: Vec<String> = world.journal_of(&id).await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(done, ["training_session_scheduled", "member_enrolled"]);
    assert_eq!(world.posted_to("ada@example.org").await.len(), 1);
}

#[actix_web::test]
async fn a_suspended_member_keeps_the_place_in_the_list_and_gets_no_seat_until_the_suspension_is_over() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(1).await;
    let path = format!("training-sessions/{id}");
    let staff = world.member("staff").staff().await;
    let mut people = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let one = world.member(name).await;
        one.post(&format!("{path}/enrolments"), json!({})).await.expect(201);
        people.push(one);
    }
    let until = world.app.now() + TimeDelta::hours(6);
    let suspension = json!({ "reason": "Outils cassés.", "until": until });
    staff.post(&format!("members/{}/suspension", people[1].id), suspension).await.expect(200);
    let state = async |who: usize| people[who].get(&format!("{path}/enrolments/me")).await.expect(200);

    course.trainer.patch(&path, json!({ "seats": 3 })).await.expect(200);
    assert_eq!(state(2).await["state"], "enrolled", "the next one is not kept waiting");
    assert_eq!((&state(1).await["state"], &state(1).await["position"]), (&json!("waiting"), &json!(1)));
    world.runs("seats_passed_over").await;
    assert_eq!(state(1).await["state"], "waiting");
    let kinds = async || {
        let letters = world.posted_to("bob@example.org").await;
        letters.into_iter().map(|letter| letter.kind).collect::<Vec<_>>()
    };
    assert!(!kinds().await.contains(&"training_promoted".to_owned()));

    world.clock.advance(TimeDelta::hours(7));
    world.runs("seats_passed_over").await;
    assert_eq!(state(1).await["state"], "enrolled");
    world.runs("seats_passed_over").await;
    let told = kinds().await.into_iter().filter(|kind| kind == "training_promoted").count();
    assert_eq!(told, 1, "once");
}
