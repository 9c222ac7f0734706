//! Rules, places and capacities change under what is booked.

use serde_json::{Value as Json, json};

use crate::world::{World, people::Person};

fn rules(change: &Json) -> Json {
    json!({ "rules": change })
}

/// The slots of reservations that an answer calls hurt, with the reasons of each.
fn hurt(answer: &Json) -> Vec<(String, Vec<String>)> {
    let reasons = |one: &Json| {
        one["refusals"]
            .as_array()
            .unwrap()
            .iter()
            .map(|why| why["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = answer["affected"].as_array().unwrap().iter();
    all.map(|one| (one["reservation"]["starts_at"].as_str().unwrap().to_owned(), reasons(one))).collect()
}

async fn is_free(person: &Person<'_>, period: &str) -> bool {
    let booked = person.books("scie", period).await;
    let free = booked.status == 201;
    if free {
        let id = booked.json()["id"].as_str().unwrap().to_owned();
        person.post(&format!("reservations/{id}/cancellation"), json!({})).await.expect(200);
    }
    free
}

#[actix_web::test]
async fn a_buffer_raised_or_lowered_holds_what_was_booked_before() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    assert!(is_free(&bob, "2026-03-03 11:00-12:00").await);
    staff.patch("machines/scie", rules(&json!({ "buffer_minutes": 30 }))).await.expect(200);
    bob.books("scie", "2026-03-03 11:00-12:00").await.problem(409, "machine_taken");
    let day =
        world.stranger().get("machines/scie/calendar?from=2026-03-03&days=1&slots=true").await.expect(200);
    assert!(!day["days"][0]["free"].to_string().contains("2026-03-03T10:00:00Z"), "shown as it is: {day}");
    assert!(is_free(&bob, "2026-03-03 11:30-12:00").await);
    staff.patch("machines/scie", rules(&json!({ "buffer_minutes": 0 }))).await.expect(200);
    assert!(is_free(&bob, "2026-03-03 11:00-12:00").await, "no ghost stays");
}

#[actix_web::test]
async fn bookings_that_a_new_buffer_makes_meet_stay_and_are_listed() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let second = bob.books("scie", "2026-03-03 11:00-12:00").await.expect(201);
    let changed = staff.patch("machines/scie", rules(&json!({ "buffer_minutes": 30 }))).await.expect(200);
    let taken = || vec!["machine_taken".to_owned()];
    let expected =
        [("2026-03-03T09:00:00Z".to_owned(), taken()), ("2026-03-03T10:00:00Z".to_owned(), taken())];
    assert_eq!(hurt(&changed), expected);
    let second = format!("reservations/{}", second["id"].as_str().unwrap());
    assert_eq!(bob.get(&second).await.expect(200)["state"], "confirmed");
    bob.post(&format!("{second}/cancellation"), json!({})).await.expect(200);
    bob.books("scie", "2026-03-03 11:00-11:30").await.problem(409, "machine_taken");
    assert!(is_free(&bob, "2026-03-03 11:30-12:00").await, "the first is cleaned up after again");
}

#[actix_web::test]
async fn a_machine_that_needs_somebody_from_now_on_fills_its_workshop() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    staff.patch("machines/scie", rules(&json!({ "unattended": true }))).await.expect(200);
    staff.patch("workshops/bois", json!({ "capacity": 1 })).await.expect(200);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    bob.books("scie-2", "2026-03-03 10:00-11:00").await.expect(201);
    let changed = staff.patch("machines/scie", rules(&json!({ "unattended": false }))).await.expect(200);
    assert_eq!(hurt(&changed), [("2026-03-03T09:00:00Z".to_owned(), vec!["workshop_full".to_owned()])]);
    let eve = world.maker("Eve").await;
    eve.books("scie-2", "2026-03-03 11:00-12:00").await.expect(201);
}

#[actix_web::test]
async fn a_smaller_workshop_a_narrower_rule_and_a_move_say_whom_they_hurt() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-12:00").await.expect(201);
    bob.books("scie-2", "2026-03-03 10:00-11:00").await.expect(201);
    let smaller = staff.patch("workshops/bois", json!({ "capacity": 1 })).await.expect(200);
    assert_eq!(hurt(&smaller).len(), 2, "{smaller}");
    staff.patch("workshops/bois", json!({ "capacity": 9 })).await.expect(200);
    let shorter = staff.patch("machines/scie", rules(&json!({ "max_minutes": 60 }))).await.expect(200);
    assert_eq!(hurt(&shorter), [("2026-03-03T09:00:00Z".to_owned(), vec!["too_long".to_owned()])]);
    staff.patch("machines/scie", rules(&json!({ "max_minutes": 240 }))).await.expect(200);
    let closed = json!({ "workshop": "impression", "starts_at": "2026-03-03T00:00:00Z",
        "ends_at": "2026-03-04T00:00:00Z", "reason": "peinture" });
    staff.post("closures", closed).await.expect(201);
    let moved = staff.patch("machines/scie", json!({ "workshop": "impression" })).await.expect(200);
    assert_eq!(hurt(&moved), [("2026-03-03T09:00:00Z".to_owned(), vec!["lab_closed".to_owned()])]);
}
