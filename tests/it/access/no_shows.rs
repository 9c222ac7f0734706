//! Nobody came: the place is free again.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::World;

async fn look(world: &World) {
    world.runs("no_shows").await;
}

#[actix_web::test]
async fn a_reservation_nobody_badged_in_for_is_released_with_a_letter() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let missed = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let elsewhere = bob.books("scie-2", "2026-03-02 09:00-10:00").await.expect(201);
    world.clock.advance(TimeDelta::minutes(14));
    look(&world).await;
    let path = format!("reservations/{}", missed["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "confirmed");
    world.clock.advance(TimeDelta::minutes(1));
    look(&world).await;
    assert_eq!(ada.get(&path).await.expect(200)["state"], "confirmed", "nobody could have badged in");
    device.get("allow-list?machine=scie").await;
    look(&world).await;
    look(&world).await;
    assert_eq!(ada.get(&path).await.expect(200)["state"], "released");
    let path = format!("reservations/{}", elsewhere["id"].as_str().unwrap());
    assert_eq!(bob.get(&path).await.expect(200)["state"], "confirmed", "no badge can be shown there");
    let letters = world.letters_to(&ada.email).await;
    assert_eq!(letters.iter().filter(|(kind, _)| kind == "reservation_released").count(), 1);
    world.clock.set("2026-03-02T08:20:00Z".parse().unwrap());
    let free = staff.get("machines/scie/calendar?from=2026-03-02&days=1").await.expect(200);
    assert_eq!(free["days"][0]["busy"], json!([]));
}

#[actix_web::test]
async fn whoever_badged_in_keeps_the_place() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    world.controller(&staff, &["scie"]).await;
    let reader = world.reader(&["scie"]).await;
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.clock.advance(TimeDelta::minutes(16));
    look(&world).await;
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    assert_eq!(ada.get(&path).await.expect(200)["state"], "used");
}
