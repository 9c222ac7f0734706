//! Nobody teaches, learns and makes in two places at once.

use futures_util::future::{join, join_all};
use serde_json::{Value as Json, json};

use super::machines::refusal;
use crate::world::{Answer, World, bookings::paris};

fn seats(made: &Json) -> String {
    format!("training-sessions/{}/enrolments", made["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_learner_sits_in_one_session_and_stands_at_no_machine_meanwhile() {
    let world = World::with_lab().await;
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    let ada = world.maker("Ada").await;
    let first = wood.teaches("2026-03-03 10:00-12:00", &[]).await.expect(201);
    let second = metal.teaches("2026-03-03 11:00-13:00", &[]).await.expect(201);
    ada.post(&seats(&first), json!({})).await.expect(201);
    let refused = ada.post(&seats(&second), json!({})).await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert_eq!(refusal(&refused, "member_elsewhere")["kind"], "training_session");
    let refused = ada.books("scie", "2026-03-03 11:00-12:00").await;
    assert_eq!(refusal(&refused, "member_elsewhere")["kind"], "training_session");

    assert_eq!(ada.delete(&format!("{}/me", seats(&first))).await.status, 204);
    ada.books("scie", "2026-03-03 11:00-12:00").await.expect(201);
    let refused = ada.post(&seats(&second), json!({})).await;
    assert_eq!(refusal(&refused, "member_elsewhere")["kind"], "reservation");
}

#[actix_web::test]
async fn whoever_teaches_books_nothing_and_learns_nothing_meanwhile() {
    let world = World::with_lab().await;
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    let staff = world.staff().await;
    wood.teaches("2026-03-03 10:00-12:00", &[]).await.expect(201);
    let refused = wood.trainer.books("scie", "2026-03-03 11:00-12:00").await;
    assert_eq!(refusal(&refused, "member_elsewhere")["kind"], "training_session");
    let other = metal.teaches("2026-03-03 11:00-13:00", &[]).await.expect(201);
    let refused = wood.trainer.post(&seats(&other), json!({})).await;
    refusal(&refused, "member_elsewhere");

    let plan = json!({ "plan": "maker", "starts_on": "2026-03-01", "paid": true });
    staff.post(&format!("members/{}/memberships", metal.trainer.id), plan).await.expect(201);
    metal.trainer.books("scie", "2026-03-04 10:00-11:00").await.expect(201);
    let refused = metal.teaches("2026-03-04 10:30-12:00", &[]).await;
    assert_eq!(refusal(&refused, "member_elsewhere")["kind"], "reservation");
}

#[actix_web::test]
async fn who_waits_is_passed_over_while_expected_elsewhere() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = course.teaches("2026-03-03 10:00-12:00", &[]).await.expect(201);
    ada.post(&seats(&made), json!({})).await.expect(201);
    assert_eq!(bob.post(&seats(&made), json!({})).await.expect(201)["state"], "waiting");
    let booked = bob.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    assert_eq!(ada.delete(&format!("{}/me", seats(&made))).await.status, 204);
    let mine = format!("{}/me", seats(&made));
    assert_eq!(bob.get(&mine).await.expect(200)["state"], "waiting");
    let cancel = format!("reservations/{}/cancellation", booked["id"].as_str().unwrap());
    bob.post(&cancel, json!({})).await.expect(200);
    world.runs("seats_passed_over").await;
    assert_eq!(bob.get(&mine).await.expect(200)["state"], "enrolled");
}

#[actix_web::test]
async fn a_closed_day_takes_no_learners_and_no_remedy_leads_there() {
    let world = World::with_lab().await;
    let course = world.training("laser").await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    staff.patch("workshops/bois", json!({ "capacity": 6 })).await.expect(200);
    let closed = course.teaches("2026-03-04 10:00-12:00", &["laser"]).await.expect(201);
    let next = course.teaches("2026-03-06 10:00-12:00", &["laser"]).await.expect(201);
    let remedy = async || {
        let refused = ada.books("laser", "2026-03-10 10:00-11:00").await;
        refusal(&refused, "training_missing")["remedy"]["href"].as_str().unwrap().to_owned()
    };
    assert!(remedy().await.ends_with(closed["id"].as_str().unwrap()));
    let (starts_at, ends_at) = paris("2026-03-04 08:00-20:00");
    let closure =
        json!({ "machine": "laser", "starts_at": starts_at, "ends_at": ends_at, "reason": "Révision." });
    staff.post("closures", closure).await.expect(201);
    let refused = ada.post(&seats(&closed), json!({})).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    refusal(&refused, "lab_closed");
    assert!(remedy().await.ends_with(next["id"].as_str().unwrap()));
    // The member's own booking keeps them from the next one, too.
    ada.books("scie", "2026-03-06 10:00-11:00").await.expect(201);
    let refused = ada.books("laser", "2026-03-10 10:00-11:00").await;
    assert!(refusal(&refused, "training_missing").get("remedy").is_none_or(Json::is_null));
}

const ROUNDS: usize = 10;

#[actix_web::test]
async fn a_session_and_a_booking_never_both_hold_a_machine() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let ada = world.maker("Ada").await;
    for round in 0..ROUNDS {
        let period =
            format!("2026-03-{:02} {:02}:00-{:02}:00", 3 + round % 4, 10 + round / 4, 11 + round / 4);
        let (taught, booked) = join(course.teaches(&period, &["scie"]), ada.books("scie", &period)).await;
        let won = [taught.status, booked.status].iter().filter(|status| **status == 201).count();
        assert_eq!(won, 1, "round {round}: {} {}", taught.text(), booked.text());
        let lost = if taught.status == 201 { &booked } else { &taught };
        refusal(lost, "machine_taken");
    }
}

#[actix_web::test]
async fn two_sessions_never_both_hold_a_machine() {
    let world = World::with_lab().await;
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    for round in 0..ROUNDS {
        let period =
            format!("2026-03-{:02} {:02}:00-{:02}:00", 3 + round % 4, 10 + round / 4, 11 + round / 4);
        let one = wood.teaches(&period, &["scie", "imprimante"]);
        let other = metal.teaches(&period, &["imprimante", "scie"]);
        let (one, other) = join(one, other).await;
        let won = [one.status, other.status].iter().filter(|status| **status == 201).count();
        assert_eq!(won, 1, "round {round}: {} {}", one.text(), other.text());
        refusal(if one.status == 201 { &other } else { &one }, "machine_taken");
    }
}

#[actix_web::test]
async fn a_learner_with_twenty_hands_sits_in_one_place() {
    let world = World::with_lab().await;
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    let ada = world.maker("Ada").await;
    for round in 0..ROUNDS {
        let period =
            format!("2026-03-{:02} {:02}:00-{:02}:00", 3 + round % 4, 10 + round / 4, 11 + round / 4);
        let first = wood.teaches(&period, &[]).await.expect(201);
        let second = metal.teaches(&period, &[]).await.expect(201);
        let (first, second) = (seats(&first), seats(&second));
        let enrolling = join_all([&first, &second].map(|path| ada.post(path, json!({}))));
        let (enrolled, booked) = join(enrolling, ada.books("scie", &period)).await;
        let all = enrolled.iter().chain([&booked]);
        let won = all.clone().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 1, "round {round}: {:?}", all.clone().map(Answer::text).collect::<Vec<_>>());
        for lost in all.filter(|answer| answer.status != 201) {
            refusal(lost, "member_elsewhere");
        }
    }
}
