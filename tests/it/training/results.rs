//! `/training-sessions/{id}/results`.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn results_give_certifications_once_however_often_they_are_told() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(2).await;
    let (ada, bob) = (world.member("ada").await, world.member("bob").await);
    for one in [&ada, &bob] {
        one.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    }
    world.clock.advance(TimeDelta::days(4));
    let path = format!("training-sessions/{id}/results");
    let body = json!({ "results": [
        { "member": ada.id, "passed": true, "note": "Très à l’aise." }, { "member": bob.email, "passed": false } ] });
    let told = course.trainer.post(&path, body.clone()).await.expect(200);
    assert_eq!(told["certifications"].as_array().unwrap().len(), 1);
    // 5 March 2026, by the day of the session and not the day its results were told, and twenty-four months.
    assert_eq!(told["certifications"][0]["valid_until"], "2028-03-05");
    let states: Vec<_> = told["roster"].as_array().unwrap().iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["passed", "failed"]);
    let again = course.trainer.post(&path, body).await.expect(200);
    assert_eq!(again["certifications"], json!([]));

    let held = ada.get("me/certifications").await.expect(200);
    assert_eq!(held["items"].as_array().unwrap().len(), 1);
    assert_eq!(held["items"][0]["training"]["slug"], "bois");
    assert_eq!(held["items"][0]["note"], "Très à l’aise.");
    assert_eq!(held["items"][0]["session"], json!(id));
    assert_eq!(bob.get("me/certifications").await.expect(200)["items"], json!([]));
    let letter = world.posted_to("ada@example.org").await.pop().unwrap();
    assert_eq!((letter.kind.as_str(), letter.locale.as_str()), ("certification_given", "fr"));
    assert!(letter.body.contains("dimanche 5 mars 2028"), "{}", letter.body);

    let repaired = json!({ "results": [{ "member": bob.id, "passed": true }] });
    course.trainer.post(&path, repaired).await.expect(200);
    assert_eq!(bob.get("me/certifications").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_result_for_somebody_who_has_no_seat_is_a_field_error_and_nothing_is_written() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(1).await;
    let (ada, bob, eve) = (world.member("ada").await, world.member("bob").await, world.member("eve").await);
    for one in [&ada, &bob] {
        one.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    }
    world.clock.advance(TimeDelta::days(3));
    let path = format!("training-sessions/{id}/results");
    let passed = |member: &str| json!({ "member": member, "passed": true });
    let body = json!({ "results": [passed(&ada.email), passed(&bob.email), passed(&eve.email), passed(&ada.email)] });
    let problem = course.trainer.post(&path, body).await.problem(422, "invalid_request");
    let told: Vec<_> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| (field["path"].as_str().unwrap(), field["code"].as_str().unwrap()))
        .collect();
    let expected = [
        ("results[1].member", "not_in_session"),
        ("results[2].member", "not_in_session"),
        ("results[3].member", "duplicate"),
    ];
    assert_eq!(told, expected);
    assert_eq!(ada.get("me/certifications").await.expect(200)["items"], json!([]));

    course.trainer.post(&path, json!({ "results": [passed(&ada.email)] })).await.expect(200);
    let unsaid = json!({ "results": [{ "member": ada.email, "passed": false }] });
    let problem = course.trainer.post(&path, unsaid).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "already_passed");
}

#[actix_web::test]
async fn only_its_trainer_and_staff_tell_results_and_not_before_it_begins() {
    let world = World::start();
    let course = world.training("bois").await;
    let other = world.training("metal").await.trainer;
    let id = course.session(1).await;
    let (ada, staff) = (world.member("ada").await, world.member("staff").staff().await);
    ada.post(&format!("training-sessions/{id}/enrolments"), json!({})).await.expect(201);
    let path = format!("training-sessions/{id}/results");
    let body = json!({ "results": [{ "member": ada.email, "passed": true }] });
    for one in [&ada, &other] {
        one.post(&path, body.clone()).await.problem(403, "forbidden");
    }
    let early = course.trainer.post(&path, body.clone()).await.problem(422, "invalid_request");
    assert_eq!(early["fields"][0]["code"], "session_not_begun");
    world.clock.advance(TimeDelta::days(3));
    other.post(&path, body.clone()).await.problem(403, "forbidden");
    staff.post(&path, body).await.expect(200);
}
