//! A controller that only reads badges stands beside a plug: it is not asked what the plug does.

use chrono::TimeDelta;
use etabli::{
    machines::PowerPolicy,
    power::{Fault, Observed, plugs::Adapter},
};
use serde_json::{Value as Json, json};

use super::{
    bench::{Bench, eventually},
    broker::Broker,
    gadget::{Gadget, Mood},
};
use crate::world::{
    badges::{number, walk_in},
    controller::{Device, fresh_code},
};

/// The saw behind a plug, and a reader beside it; it stands idle after five minutes under 20 W.
async fn fitted(mood: Mood, on: bool) -> (Bench, Gadget) {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, mood, on);
    bench.until("there", |seen| seen.online).await;
    plug.press(on);
    bench.until("heard", |seen| seen.on == Some(on)).await;
    let policy = PowerPolicy { idle_watts: Some(20), idle_minutes: Some(5), ..walk_in() };
    bench.world.powered("scie", policy).await;
    (bench, plug)
}

async fn reader(bench: &Bench) -> Device<'_> {
    let boss = bench.world.member("boss").staff().await;
    bench.world.controller(&boss, &["scie"]).await
}

/// Ada's badge at the reader switches the plug on.
async fn started(bench: &Bench, reader: &Device<'_>) -> String {
    let ada = bench.world.maker("Ada").await;
    bench.world.badged(&ada).await;
    let said = json!({ "request": fresh_code(), "machine": "scie", "badge": number(ada.id), "mono_ms": 1 });
    let granted = reader.post("scans", said).await.expect(200);
    bench.until("on", |seen| seen.on == Some(true)).await;
    granted["session"].as_str().unwrap_or_else(|| panic!("{granted}")).to_owned()
}

/// What a reader says of a session: it has no relay, or holds one that switches nothing.
async fn beat(reader: &Device<'_>, session: &str, outputs: Json) -> Json {
    reader.post(&format!("sessions/{session}/heartbeat"), json!({ "outputs": outputs })).await.expect(200)
}

async fn hello(reader: &Device<'_>) {
    let said = json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
        "log_head": null, "outputs": [{ "machine": "scie", "on": false }], "lockouts": [] });
    reader.post("hello", said).await.expect(200);
}

async fn word(bench: &Bench) -> String {
    let told = bench.world.stranger().get("machines/scie/power").await.expect(200);
    told["state"].as_str().unwrap().to_owned()
}

async fn seen(bench: &Bench) -> Observed {
    bench.observed().await.expect("an observation")
}

#[actix_web::test]
async fn a_reader_beside_a_plug_takes_nothing_of_what_the_plug_says_away() {
    let (bench, plug) = fitted(Mood::Obedient, false).await;
    let reader = reader(&bench).await;
    let session = started(&bench, &reader).await;
    plug.draws(170.0);
    bench.until("sawing", |seen| seen.watts == Some(170.0)).await;
    bench.world.clock.advance(TimeDelta::seconds(10));
    for outputs in [json!([]), json!([{ "machine": "scie", "on": false }])] {
        assert_eq!(beat(&reader, &session, outputs).await["desired"], "on");
        hello(&reader).await;
        let known = seen(&bench).await;
        assert_eq!((known.on, known.watts), (Some(true), Some(170.0)));
        assert_eq!(word(&bench).await, "in_use");
    }
    let events = bench.events().await;
    assert!(!events.iter().any(|kind| kind == "off_in_session"), "nothing went off: {events:?}");

    plug.press(false);
    bench.until("a fault", |seen| seen.fault == Some(Fault::OffInSession)).await;
    bench.world.clock.advance(TimeDelta::seconds(11));
    beat(&reader, &session, json!([])).await;
    assert_eq!(seen(&bench).await.fault, Some(Fault::OffInSession), "the reader knows nothing of it");
    bench.world.runs("power_leases").await;
    let over = beat(&reader, &session, json!([])).await;
    assert_eq!(over["ended"]["reason"], "power", "{over}");
    eventually("free again", async || word(&bench).await == "free").await;
}

#[actix_web::test]
async fn a_forgotten_machine_behind_a_plug_goes_off_though_its_reader_beats() {
    let (bench, plug) = fitted(Mood::Obedient, false).await;
    let reader = reader(&bench).await;
    let session = started(&bench, &reader).await;
    plug.draws(2.0);
    bench.until("idle", |seen| seen.idle_since.is_some()).await;
    for minute in 0..5 {
        assert_eq!(beat(&reader, &session, json!([])).await["desired"], "on", "minute {minute}");
        bench.world.runs("power_leases").await;
        bench.world.clock.advance(TimeDelta::minutes(1));
    }
    bench.world.runs("power_leases").await;
    assert_eq!(beat(&reader, &session, json!([])).await["ended"]["reason"], "idle");
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
}

#[actix_web::test]
async fn a_plug_that_is_on_for_nobody_is_not_free_because_a_reader_says_hello() {
    let (bench, plug) = fitted(Mood::Deaf, true).await;
    bench.until("a fault", |seen| seen.fault == Some(Fault::OnWithoutSession)).await;
    bench.world.clock.advance(TimeDelta::seconds(20));
    let reader = reader(&bench).await;
    hello(&reader).await;
    assert_eq!((seen(&bench).await.on, word(&bench).await.as_str()), (Some(true), "fault"));
    assert!(plug.relay());
}
