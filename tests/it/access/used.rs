//! What a badge makes of a reservation.

use chrono::TimeDelta;
use etabli::machines::PowerPolicy;
use serde_json::json;

use crate::world::{World, badges::walk_in};

#[actix_web::test]
async fn a_reservation_somebody_came_for_is_used_and_may_still_be_changed_until_it_is_over() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    assert_eq!(made["state"], "confirmed");
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    world.shows(&reader, "scie", &ada).await.unwrap();
    let seen = ada.get(&path).await.expect(200);
    assert_eq!((&seen["state"], &seen["sequence"]), (&json!("used"), &made["sequence"]));
    let listed = ada.get("reservations?state=used").await.expect(200);
    assert_eq!(listed["items"][0]["id"], made["id"]);
    assert_eq!(ada.get("reservations?state=confirmed").await.expect(200)["items"], json!([]));

    // Its place is held, by nobody else; she makes it longer, and cannot give it back any more.
    world.maker("Bo").await.books("scie", "2026-03-02 09:30-10:00").await.problem(409, "machine_taken");
    let longer = ada.patch(&path, json!({ "ends_at": "2026-03-02T09:30:00Z" })).await.expect(200);
    assert_eq!(longer["state"], "used");
    ada.post(&format!("{path}/cancellation"), json!({})).await.problem(409, "too_late_to_cancel");
    world.clock.set("2026-03-02T09:30:00Z".parse().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "used", "not merely past");
    staff.post(&format!("{path}/cancellation"), json!({})).await.problem(409, "reservation_over");
    let (late, end) = (json!({ "ends_at": "2026-03-02T10:30:00Z" }), path);
    staff.patch(&end, late).await.problem(409, "reservation_over");
}

#[actix_web::test]
async fn staff_may_cancel_what_is_being_used() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    staff.post(&format!("{path}/cancellation"), json!({ "reason": "panne" })).await.expect(200);
    assert_eq!(ada.get(&path).await.expect(200)["state"], "cancelled");
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["reason"], serde_json::Value::Null, "it ends at the next lease");
    world.runs("power_leases").await;
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["reason"], "lease");
}

#[actix_web::test]
async fn whoever_works_on_into_the_next_reservation_keeps_it() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let reader = world.reader(&["scie"]).await;
    world.controller(&staff, &["scie"]).await;
    world.badged(&ada).await;
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let next = ada.books("scie", "2026-03-02 10:00-11:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.clock.set("2026-03-02T09:20:00Z".parse().unwrap());
    world.runs("no_shows").await;
    let path = format!("reservations/{}", next["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "used", "she is there: nobody is missed");
    world.runs("power_leases").await;
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["until"], "2026-03-02T10:10:00Z");
}

#[actix_web::test]
async fn whoever_came_by_before_the_reservation_keeps_it() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let reader = world.reader(&["scie"]).await;
    world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { grace_minutes: 0, ..walk_in() }).await;
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 10:00-11:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.clock.advance(TimeDelta::minutes(80));
    world.runs("no_shows").await;
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "used");
}
