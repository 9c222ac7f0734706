//! From a badge to a plug and back.

use chrono::TimeDelta;
use etabli::{
    machines::PowerPolicy,
    power::{Fault, plugs::Adapter},
};

use super::{
    bench::{Bench, eventually},
    broker::Broker,
    gadget::{Gadget, Mood},
};
use crate::world::badges::walk_in;

/// Ada's badge has switched the saw on; it stands idle after five minutes under 20 W.
async fn sawing(adapter: Adapter) -> (Bench, Gadget) {
    let bench = Bench::with(adapter, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, adapter, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    let policy = PowerPolicy { idle_watts: Some(20), idle_minutes: Some(5), ..walk_in() };
    bench.world.powered("scie", policy).await;
    let ada = bench.world.maker("Ada").await;
    bench.world.badged(&ada).await;
    let reader = bench.world.reader(&["scie"]).await;
    bench.world.shows(&reader, "scie", &ada).await.unwrap();
    drop(ada);
    bench.until("on", |seen| seen.on == Some(true)).await;
    (bench, plug)
}

/// What the house does every half minute.
async fn look(bench: &Bench) {
    bench.world.runs("power_leases").await;
}

async fn word(bench: &Bench) -> String {
    let told = bench.world.stranger().get("machines/scie/power").await.expect(200);
    told["state"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_badge_switches_a_plug_on_and_a_forgotten_machine_goes_off_by_itself() {
    let (bench, plug) = sawing(Adapter::Tasmota).await;
    assert!(plug.relay());
    plug.draws(900.0);
    bench.until("sawing", |seen| seen.watts == Some(900.0) && seen.idle_since.is_none()).await;
    assert_eq!(word(&bench).await, "in_use");
    plug.draws(12.0);
    bench.until("idle", |seen| seen.idle_since.is_some()).await;
    assert_eq!(word(&bench).await, "idle");
    bench.world.clock.advance(TimeDelta::minutes(4));
    look(&bench).await;
    assert!(!bench.events().await.contains(&"session_ended".to_owned()), "four minutes are not five");
    bench.world.clock.advance(TimeDelta::minutes(1));
    look(&bench).await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
    assert_eq!(word(&bench).await, "free");
}

#[actix_web::test]
async fn a_session_ends_when_its_plug_has_gone_off() {
    let (bench, plug) = sawing(Adapter::Shelly).await;
    plug.press(false);
    bench.until("a fault", |seen| seen.fault == Some(Fault::OffInSession)).await;
    assert_eq!(word(&bench).await, "fault");
    bench.world.clock.advance(TimeDelta::seconds(11));
    look(&bench).await;
    assert!(bench.events().await.contains(&"session_ended".to_owned()));
    eventually("free again", async || word(&bench).await == "free").await;
}
