//! What staff let pass for a reservation, the machine lets pass too; and whoever was refused there did come.

use chrono::TimeDelta;
use etabli::{access::scan::Verdict, kernel::Code};
use serde_json::json;

use crate::world::{World, badges::walk_in, bookings::wish};

/// A Sunday, when the lab is closed.
const SUNDAY: &str = "2026-03-08 10:00-11:00";

#[actix_web::test]
async fn a_booking_by_override_switches_the_machine_on_until_its_end() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    world.badged(&ada).await;
    world.badged(&bob).await;
    let reader = world.reader(&["scie"]).await;
    let mut wish = wish("scie", SUNDAY);
    wish["member"] = json!(ada.id);
    wish["override"] = json!({ "gates": ["lab_closed"], "reason": "portes ouvertes" });
    staff.post("reservations", wish).await.expect(201);

    world.clock.set("2026-03-08T09:00:30Z".parse().unwrap());
    let stranger = world.shows(&reader, "scie", &bob).await.unwrap();
    assert_eq!(stranger.verdict, Verdict::Deny);
    assert!(stranger.reasons.iter().any(|reason| reason.code == Code::LabClosed), "{stranger:?}");
    let on = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!(on.verdict, Verdict::Grant, "{on:?}");
    let until = on.session.unwrap().until;
    assert!(until >= "2026-03-08T10:00:00Z".parse().unwrap(), "{until}");
    assert!(
        until <= "2026-03-08T10:15:00Z".parse().unwrap(),
        "{until}: no longer than the booking and its grace"
    );
}

#[actix_web::test]
async fn whoever_was_refused_at_the_machine_is_no_no_show() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let reader = world.reader(&["scie"]).await;
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let broken = json!({ "class": "defect", "reason": "lame fendue" });
    staff.post("machines/scie/lockouts", broken).await.expect(200);
    let refused = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!(refused.verdict, Verdict::Deny, "{refused:?}");
    world.clock.advance(TimeDelta::minutes(20));
    device.get("allow-list?machine=scie").await;
    world.runs("no_shows").await;
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "confirmed");
}

#[actix_web::test]
async fn a_used_reservation_that_is_moved_is_to_be_used_again() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    world.badged(&ada).await;
    let reader = world.reader(&["scie"]).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "used");
    let later = wish("scie", "2026-03-04 09:00-10:00");
    let change = json!({ "starts_at": later["starts_at"], "ends_at": later["ends_at"] });
    assert_eq!(staff.patch(&path, change).await.expect(200)["state"], "confirmed");
}
