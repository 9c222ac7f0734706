//! Whoever else is on the broker.

use std::{collections::BTreeMap, time::Duration};

use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use tokio::time::timeout;

use super::bench::eventually;

/// Somebody who may write everywhere.
#[derive(Clone, Copy)]
pub struct Somebody {
    port: u16,
}

impl Somebody {
    pub const fn on(port: u16) -> Self {
        Self { port }
    }

    fn connect(self) -> (AsyncClient, EventLoop) {
        let name = format!("somebody-{}", uuid::Uuid::now_v7());
        let mut options = MqttOptions::new(name, "127.0.0.1", self.port);
        options.set_max_packet_size(4_000_000, 4_000_000);
        AsyncClient::new(options, 10)
    }

    /// Leaves a message to lie on the broker.
    pub async fn leaves(self, topic: &str, payload: &str) {
        self.publish(topic, payload, true).await;
    }

    /// Says something to whoever listens.
    pub async fn says(self, topic: &str, payload: &str) {
        self.publish(topic, payload, false).await;
    }

    async fn publish(self, topic: &str, payload: &str, retain: bool) {
        let (client, mut events) = self.connect();
        client.publish(topic, QoS::AtLeastOnce, retain, payload).await.unwrap();
        while !matches!(events.poll().await.unwrap(), Event::Incoming(Packet::PubAck(_))) {}
    }

    /// What lies on the broker, by its topic.
    pub async fn finds(self, filter: &str) -> BTreeMap<String, String> {
        let (client, mut events) = self.connect();
        client.subscribe(filter, QoS::AtLeastOnce).await.unwrap();
        let mut found = BTreeMap::new();
        let looking = timeout(Duration::from_millis(500), async {
            loop {
                if let Event::Incoming(Packet::Publish(left)) = events.poll().await.unwrap()
                    && left.retain
                {
                    found.insert(left.topic, String::from_utf8(left.payload.to_vec()).unwrap());
                }
            }
        });
        assert!(looking.await.is_err());
        found
    }

    /// Waits until nothing lies there.
    pub async fn finds_nothing_more(self, filter: &str) {
        eventually("nothing lies there", async || self.finds(filter).await.is_empty()).await;
    }
}
