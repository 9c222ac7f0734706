//! What everybody sees of a machine with a controller.

use etabli::simulator::{
    core::{BEAT, HELLO, Happening},
    weather::Fate,
};
use serde_json::{Value as Json, json};

use super::leasing::{beat, hello, show};
use crate::world::{World, badges::walk_in};

async fn word(world: &World) -> String {
    let told = world.stranger().get("machines/scie/power").await.expect(200);
    told["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn it_is_in_use_as_soon_as_its_relay_has_closed_and_free_as_soon_as_it_has_opened() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let ada = world.maker("Ada").await;
    world.badged(&ada).await;
    assert_eq!(word(&world).await, "offline", "nobody ever spoke of it");
    let mut saw = world.simulated(&world.staff().await, "scie").await;
    assert_eq!(word(&world).await, "free");
    saw.badge(&ada).await;
    assert_eq!(word(&world).await, "in_use");
    saw.live(Happening::Watts(900.0)).await;
    saw.wait(61_000).await;
    assert_eq!(word(&world).await, "in_use");
    let hours = ada.get("me/power-hours").await.expect(200);
    assert_eq!((&hours["items"][0]["machine"], &hours["items"][0]["minutes"]), (&"scie".into(), &1.into()));
    saw.badge(&ada).await;
    assert_eq!(word(&world).await, "free");
    // What the meter showed while it stood still does not make the next start an idle one.
    saw.live(Happening::Watts(0.0)).await;
    saw.badge(&ada).await;
    assert_eq!(word(&world).await, "in_use");
    let drawn = ada.get("me/power-sessions").await.expect(200)["items"][1]["watt_hours"].as_f64().unwrap();
    assert!((12.0..=15.5).contains(&drawn), "900 W for about a minute: {drawn}");
}

#[tokio::test]
async fn a_controller_that_says_nothing_any_more_is_offline_whatever_it_said_last() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let ada = world.maker("Ada").await;
    world.badged(&ada).await;
    let mut saw = world.simulated(&world.staff().await, "scie").await;
    for running in [false, true] {
        if running {
            saw.badge(&ada).await;
        }
        let here = if running { "in_use" } else { "free" };
        assert_eq!(word(&world).await, here);
        saw.weather.expect(Fate::Drop, 10_000);
        saw.wait(45_000).await;
        assert_eq!(word(&world).await, here, "one hello that is late means nothing");
        saw.wait(50_000).await;
        assert_eq!(word(&world).await, "offline");
        saw.weather.clear();
        saw.wait(HELLO + BEAT).await;
        assert_eq!(word(&world).await, here, "and back");
    }
}

#[tokio::test]
async fn a_machine_out_of_service_is_locked_for_everybody_to_see() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    world.badged(&ada).await;
    let device = world.controller(&staff, &["scie"]).await;
    hello(&device, json!([])).await;
    let seen = async || {
        let told = world.stranger().get("machines/scie/power").await.expect(200);
        (told["state"].as_str().unwrap().to_owned(), told["lockout"].clone())
    };
    let set = async |state: &str| {
        let said = json!({ "state": state, "reason": "buse bouchée" });
        staff.post("machines/scie/state", said).await.expect(200);
    };
    let locked = |class: &str| ("locked".to_owned(), json!(class));
    for (state, class) in [("broken", "defect"), ("maintenance", "maintenance"), ("locked", "maintenance")] {
        set(state).await;
        assert_eq!(seen().await, locked(class));
        assert_eq!(show(&device, "scie", &ada).await["reasons"][0]["code"], "machine_out_of_service");
        let greeted = hello(&device, json!([])).await;
        assert_eq!(greeted["machines"][0]["lockout"], Json::Null, "nobody latched anything");
        set("in_service").await;
        assert_eq!(seen().await, ("free".to_owned(), Json::Null));
    }
    // Whoever locks it out says more than that it is being looked after.
    set("maintenance").await;
    ada.post("machines/scie/lockouts", json!({ "class": "to_check", "reason": "un bruit" }))
        .await
        .expect(200);
    assert_eq!(seen().await, locked("maintenance"));
    ada.post("machines/scie/lockouts", json!({ "class": "emergency", "reason": "doigt" })).await.expect(200);
    for _ in 0..2 {
        let why = json!({ "reason": "vu" });
        staff.post("machines/scie/lockouts/clearance", why).await.expect(204);
    }
    set("in_service").await;
    let session = show(&device, "scie", &ada).await["session"].clone();
    beat(&device, &session, None).await.expect(200);
    set("broken").await;
    assert_eq!(seen().await, locked("defect"), "also while it still runs");
    assert_eq!(beat(&device, &session, None).await.expect(200)["ended"]["reason"], "lease");
}
