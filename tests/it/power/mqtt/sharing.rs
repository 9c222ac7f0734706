//! Several instances, and whoever else looks at the broker.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use etabli::power::plugs::Adapter;
use serde_json::{Value as Json, json};

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
    somebody::Somebody,
};

#[tokio::test]
async fn one_instance_at_a_time_speaks_with_the_plugs() {
    let mut bench = Bench::silent(Adapter::Tasmota, Broker::up()).await;
    bench.speak();
    seconds(0.3).await;
    bench.speak();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    seconds(0.6).await;
    assert_eq!(plug.since_its_start(), [true], "told once");
    bench.first_stops().await;
    bench.world.clock.advance(TimeDelta::seconds(1));
    bench.nobody().await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert_eq!(plug.since_its_start(), [true, false], "the other one took over");
}

#[tokio::test]
async fn home_assistant_sees_sensors_and_no_switch() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    plug.draws(0.0);
    bench.until("nothing drawn", |seen| seen.watts == Some(0.0)).await;
    seconds(0.3).await;
    let somebody = Somebody::on(bench.broker.port);
    let mut seen = BTreeMap::new();
    let name = bench.world.stranger().get("machines/scie").await.expect(200)["name"].clone();
    for place in ["homeassistant/#", "etabli/machines/#"] {
        let shown = somebody.finds(place).await.into_iter();
        seen.extend(shown.map(|(topic, text)| (topic, serde_json::from_str::<Json>(&text).unwrap())));
    }
    let sensors: Vec<_> = seen.iter().filter(|(topic, _)| topic.starts_with("homeassistant/")).collect();
    assert_eq!(sensors.len(), 2, "{seen:?}");
    for (topic, sensor) in sensors {
        assert!(topic.starts_with("homeassistant/sensor/etabli_scie/"), "{topic}");
        assert_eq!(sensor["state_topic"], "etabli/machines/scie/power");
        assert_eq!(
            (&sensor["availability_topic"], &sensor["device"]["name"]),
            (&json!("etabli/status"), &name)
        );
        assert!(sensor.get("command_topic").is_none(), "{sensor}");
        assert_eq!(seen[sensor["state_topic"].as_str().unwrap()]["state"], "off");
    }
}

#[tokio::test]
async fn what_home_assistant_was_shown_goes_with_the_plug() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let _plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    let somebody = Somebody::on(bench.broker.port);
    assert_eq!(somebody.finds("homeassistant/#").await.len(), 2);
    let staff = bench.world.member("tech").staff().await;
    let path = format!("plugs/{}", bench.plug);
    // Elsewhere on the broker it is still the machine's.
    staff.patch(&path, json!({ "topic": "bois/autre" })).await.expect(200);
    seconds(1.5).await;
    assert_eq!(somebody.finds("homeassistant/#").await.len(), 2);
    staff.delete(&path).await.expect(204);
    somebody.finds_nothing_more("homeassistant/#").await;
    somebody.finds_nothing_more("etabli/machines/#").await;
}

#[tokio::test]
async fn home_assistant_is_told_when_nobody_speaks_with_the_plugs_any_more() {
    let mut bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    let somebody = Somebody::on(bench.broker.port);
    let shows = async |what: &str| {
        eventually(what, async || somebody.finds("etabli/status").await.values().any(|text| text == what))
            .await;
    };
    shows("online").await;
    // An instance of before dies late: its last will is not the truth.
    somebody.leaves("etabli/status", "offline").await;
    shows("online").await;
    bench.first_is_killed();
    plug.draws(1.0);
    shows("offline").await;
    bench.world.clock.advance(TimeDelta::seconds(20));
    bench.speak();
    shows("online").await;
    bench.first_stops().await;
    shows("offline").await;
}

#[tokio::test]
async fn what_was_announced_by_the_identifier_of_a_machine_is_taken_back() {
    let mut bench = Bench::silent(Adapter::Tasmota, Broker::up()).await;
    let somebody = Somebody::on(bench.broker.port);
    let before = format!("homeassistant/sensor/etabli_{}/state/config", bench.saw);
    somebody.leaves(&before, "{}").await;
    bench.speak();
    eventually("announced", async || somebody.finds("homeassistant/#").await.len() == 2).await;
    assert!(somebody.finds(&before).await.is_empty());
}
