//! Messages that no plug sends.

use etabli::power::plugs::Adapter;
use rstest::rstest;
use serde_json::{Value as Json, json};

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
    somebody::Somebody,
};
use crate::world::people::Person;

/// What is wrong with the laser's plug, as staff read it.
async fn complaints(staff: &Person<'_>) -> Vec<Json> {
    let plugs = staff.get("plugs").await.expect(200);
    let laser = plugs["items"].as_array().unwrap().iter().find(|plug| plug["machine"] == "laser").cloned();
    laser.unwrap()["complaints"].as_array().unwrap().clone()
}

#[rstest]
#[case::a_state("stat/laser/POWER", 70_000)]
#[case::a_sensor("tele/laser/SENSOR", 2_000_000)]
#[case::an_order("cmnd/laser/POWER", 70_000)]
#[tokio::test]
async fn a_message_too_large_for_a_plug_keeps_nobody_else_from_being_switched_off(
    #[case] topic: &str,
    #[case] bytes: usize,
) {
    let broker = Broker::up();
    let somebody = Somebody::on(broker.port);
    let mut bench = Bench::silent(Adapter::Tasmota, broker).await;
    let staff = bench.world.member("tech").staff().await;
    let laser = json!({ "machine": "laser", "adapter": "tasmota", "topic": "laser" });
    staff.post("plugs", laser).await.expect(201);
    drop(staff);
    bench.speak();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;

    somebody.leaves(topic, &"x".repeat(bytes)).await;
    // Whoever listens anew is given what lies there.
    bench.broker.stop();
    seconds(0.3).await;
    bench.broker.start();
    somebody.leaves(topic, &"x".repeat(bytes)).await;
    drop(plug);
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, true);
    bench.until("back", |seen| seen.online && seen.on == Some(true)).await;
    bench.nobody().await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
    let staff = bench.world.member("boss").staff().await;
    eventually("staff see where", async || {
        let told = complaints(&staff).await;
        told.iter().any(|one| one["code"] == "too_large" && one["text"].as_str().unwrap().contains(topic))
    })
    .await;
    if topic.starts_with("cmnd/") {
        somebody.finds_nothing_more("cmnd/#").await;
    }
}
