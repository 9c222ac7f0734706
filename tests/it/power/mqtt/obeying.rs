//! Plugs that do as they are told.

use chrono::TimeDelta;
use etabli::power::{Intent, plugs::Adapter};
use rstest::rstest;
use serde_json::json;

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
};

#[rstest]
#[case(Adapter::Tasmota)]
#[case(Adapter::Shelly)]
#[case(Adapter::Esphome)]
#[tokio::test]
async fn what_is_meant_is_done_and_read_back(#[case] adapter: Adapter) {
    let bench = Bench::with(adapter, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, adapter, Mood::Obedient, false);
    bench.until("off", |seen| seen.online && seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    assert!(plug.relay());
    plug.draws(900.0);
    bench.until("900 W", |seen| seen.watts == Some(900.0)).await;
    bench.nobody().await;
    bench.until("off again", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
    assert_eq!(plug.since_its_start(), [true, false]);
    assert!(!plug.was_told_by_retained_messages());
    assert_eq!(bench.events().await, ["plug_off", "plug_on", "plug_off"]);
}

#[tokio::test]
async fn the_end_of_a_session_needs_nobody_to_say_it() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    bench.world.clock.advance(TimeDelta::minutes(30));
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
}

#[tokio::test]
async fn a_session_that_goes_on_is_not_a_new_start() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    let session = Some(bench.session().await);
    bench.until("on", |seen| seen.on == Some(true)).await;
    bench.world.clock.advance(TimeDelta::minutes(20));
    let until = Some(bench.now() + TimeDelta::hours(1));
    bench.intend(Intent { on: true, until, session }).await;
    bench.world.clock.advance(TimeDelta::minutes(30));
    seconds(0.6).await;
    assert!(plug.relay(), "it goes on after the first end");
    assert_eq!(plug.since_its_start(), [true]);
}

#[tokio::test]
async fn a_lease_is_renewed_every_third_of_it() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    eventually("renewed once", async || plug.since_its_start() == [true, true]).await;
    bench.nobody().await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    seconds(5.5).await;
    assert_eq!(plug.since_its_start(), [true, true, false], "what is off is not renewed");
}

#[tokio::test]
async fn settings_that_are_not_as_they_must_be_are_shown() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let _plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    let staff = bench.world.member("tech").staff().await;
    let path = format!("plugs/{}/check", bench.plug);
    let right = json!([{ "setting": "PowerOnState", "found": 3, "expected": 0 },
        { "setting": "SetOption0", "found": "ON", "expected": "OFF" }]);
    eventually("two mistakes", async || staff.get(&path).await.expect(200)["mistakes"] == right).await;
}
