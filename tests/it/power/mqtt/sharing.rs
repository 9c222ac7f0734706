//! Several instances, and whoever else looks at the broker.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use etabli::power::plugs::Adapter;
use rumqttc::{AsyncClient, Event, MqttOptions, Packet, QoS};
use serde_json::Value as Json;

use super::{
    bench::{Bench, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
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
    let (client, mut events) =
        AsyncClient::new(MqttOptions::new("assistant", "127.0.0.1", bench.broker.port), 10);
    client.subscribe("homeassistant/#", QoS::AtLeastOnce).await.unwrap();
    client.subscribe("etabli/machines/#", QoS::AtLeastOnce).await.unwrap();
    let mut seen = BTreeMap::new();
    let listening = tokio::time::timeout(Duration::from_secs(1), async {
        loop {
            if let Event::Incoming(Packet::Publish(shown)) = events.poll().await.unwrap() {
                seen.insert(shown.topic, serde_json::from_slice::<Json>(&shown.payload).unwrap());
            }
        }
    });
    assert!(listening.await.is_err());
    let sensors: Vec<_> = seen.iter().filter(|(topic, _)| topic.starts_with("homeassistant/")).collect();
    assert_eq!(sensors.len(), 2, "{seen:?}");
    for (topic, sensor) in sensors {
        assert!(topic.starts_with("homeassistant/sensor/"), "{topic}");
        assert!(sensor.get("command_topic").is_none(), "{sensor}");
        assert_eq!(seen[sensor["state_topic"].as_str().unwrap()]["state"], "off");
    }
}
