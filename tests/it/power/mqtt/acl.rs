//! A broker that is set up as docs/PLUGS.md says.

use etabli::{
    power::plugs::Adapter,
    simulator::plug::{Make, Plug, live::Plugged},
};
use rstest::rstest;
use rumqttc::{AsyncClient, Event, MqttOptions, Packet, QoS};

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
};

fn options(port: u16, user: &str) -> MqttOptions {
    let mut options = MqttOptions::new(format!("{user}-{}", uuid::Uuid::now_v7()), "127.0.0.1", port);
    options.set_credentials(user, user);
    options.set_max_packet_size(1_000_000, 1_000_000);
    options
}

/// What a user says; whether the broker went on listening to that user.
async fn says(port: u16, user: &str, topic: &str, payload: &str) -> bool {
    let (client, mut events) = AsyncClient::new(options(port, user), 10);
    client.publish(topic, QoS::AtLeastOnce, true, payload).await.unwrap();
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::PubAck(_))) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

#[rstest]
#[case(Make::Tasmota, Adapter::Tasmota, &["cmnd/scie/POWER", "cmnd/tasmotas/POWER", "stat/scie/POWER"])]
#[case(Make::Shelly, Adapter::Shelly, &["scie/rpc", "scie/command/switch:0", "scie/status/switch:0", "etabli/scie/rpc"])]
#[case(Make::Esphome, Adapter::Esphome, &["scie/switch/relay/command", "scie/switch/relay/state", "scie/status"])]
#[actix_web::test]
async fn a_plug_of_each_kind_is_switched_and_told_of_behind_the_documented_access_list(
    #[case] make: Make,
    #[case] adapter: Adapter,
    #[case] places: &[&str],
) {
    let mut bench = Bench::found_at("scie", adapter, Broker::documented(&["etabli", "scie", "tour"])).await;
    bench.speak();
    let port = bench.broker.port;
    let plug = Plugged::new(Plug::new(make, "scie", 120.0), options(port, "scie"));
    bench.until("there", |seen| seen.online && seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on, with its watts", |seen| seen.on == Some(true) && seen.watts == Some(120.0)).await;
    assert!(plug.is_on());
    bench.nobody().await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.is_on());
    let staff = bench.world.member("tech").staff().await;
    let path = format!("plugs/{}/check", bench.plug);
    if adapter != Adapter::Esphome {
        eventually("no mistakes", async || {
            staff.get(&path).await.expect(200)["mistakes"] == serde_json::json!([])
        })
        .await;
    }
    // Another plug's user neither switches it, nor answers for it, nor leaves anything there.
    for place in places {
        says(port, "tour", place, "ON").await;
    }
    let (client, mut events) = AsyncClient::new(options(port, "etabli"), 10);
    client.subscribe("#", QoS::AtLeastOnce).await.unwrap();
    let looking = tokio::time::timeout(std::time::Duration::from_millis(700), async {
        loop {
            if let Event::Incoming(Packet::Publish(left)) = events.poll().await.unwrap() {
                assert!(
                    !(left.retain && places.contains(&left.topic.as_str()) && left.payload == "ON"),
                    "{left:?}"
                );
            }
        }
    });
    assert!(looking.await.is_err());
    seconds(0.3).await;
    assert!(!plug.is_on());
}

#[actix_web::test]
async fn the_documented_broker_hands_on_nothing_that_no_plug_sends() {
    let broker = Broker::documented(&["etabli", "scie"]);
    let (client, mut events) = AsyncClient::new(options(broker.port, "etabli"), 10);
    says(broker.port, "scie", "stat/scie/RESULT", &"x".repeat(70_000)).await;
    assert!(says(broker.port, "scie", "stat/scie/POWER", &"x".repeat(1000)).await);
    client.subscribe("stat/scie/+", QoS::AtLeastOnce).await.unwrap();
    let mut lay = Vec::new();
    let looking = tokio::time::timeout(std::time::Duration::from_millis(700), async {
        loop {
            if let Event::Incoming(Packet::Publish(left)) = events.poll().await.unwrap() {
                lay.push(left.topic);
            }
        }
    });
    assert!(looking.await.is_err());
    assert_eq!(lay, ["stat/scie/POWER"]);
}
