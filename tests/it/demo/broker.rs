//! The broker of the demonstration, with clients that others wrote.

use std::time::Duration;

use etabli::simulator::broker::Broker;
use rumqttc::{AsyncClient, Event, EventLoop, LastWill, MqttOptions, Packet, Publish, QoS};

struct Client {
    client: AsyncClient,
    events: EventLoop,
}

fn serve() -> u16 {
    let broker = Broker::bind().unwrap();
    let port = broker.url().rsplit(':').next().unwrap().parse().unwrap();
    tokio::spawn(broker.run());
    port
}

impl Client {
    async fn new(port: u16, name: &str, will: Option<LastWill>) -> Self {
        let mut options = MqttOptions::new(name, "127.0.0.1", port);
        if let Some(will) = will {
            options.set_last_will(will);
        }
        let (client, events) = AsyncClient::new(options, 10);
        let mut one = Self { client, events };
        one.until(|packet| matches!(packet, Packet::ConnAck(_))).await;
        one
    }

    async fn until(&mut self, right: impl Fn(&Packet) -> bool) -> Packet {
        let waiting = async {
            loop {
                if let Event::Incoming(packet) = self.events.poll().await.unwrap()
                    && right(&packet)
                {
                    return packet;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(5), waiting).await.expect("it never came")
    }

    async fn listens(&mut self, filter: &str, qos: QoS) {
        self.client.subscribe(filter, qos).await.unwrap();
        self.until(|packet| matches!(packet, Packet::SubAck(_))).await;
    }

    async fn hears(&mut self) -> Publish {
        match self.until(|packet| matches!(packet, Packet::Publish(_))).await {
            Packet::Publish(message) => message,
            other => panic!("{other:?}"),
        }
    }

    async fn says(&mut self, topic: &str, payload: &str, retained: bool) {
        self.client.publish(topic, QoS::AtLeastOnce, retained, payload).await.unwrap();
        self.until(|packet| matches!(packet, Packet::PubAck(_))).await;
    }
}

#[tokio::test]
async fn a_message_reaches_whoever_listens_and_stays_for_those_who_come_later() {
    let port = serve();
    let (mut ada, mut bo) = (Client::new(port, "ada", None).await, Client::new(port, "bo", None).await);
    bo.listens("atelier/+/etat", QoS::AtLeastOnce).await;
    ada.says("atelier/scie/watts", "12", false).await;
    ada.says("atelier/scie/etat", "on", true).await;
    let heard = bo.hears().await;
    assert_eq!(
        (heard.topic.as_str(), &heard.payload[..], heard.retain),
        ("atelier/scie/etat", &b"on"[..], false)
    );
    assert!(heard.qos == QoS::AtLeastOnce && heard.pkid > 0);

    let mut late = Client::new(port, "late", None).await;
    late.listens("atelier/#", QoS::AtMostOnce).await;
    let kept = late.hears().await;
    assert!(kept.retain && kept.topic == "atelier/scie/etat" && kept.qos == QoS::AtMostOnce, "{kept:?}");
    ada.says("atelier/scie/etat", "", true).await;
    ada.says("atelier/fin", "x", false).await;
    assert_eq!(late.hears().await.payload.len(), 0, "taken away");
    let mut later = Client::new(port, "later", None).await;
    later.listens("atelier/#", QoS::AtMostOnce).await;
    ada.says("atelier/fin", "y", false).await;
    assert_eq!(later.hears().await.topic, "atelier/fin", "nothing was left");
}

#[tokio::test]
async fn a_last_will_is_said_for_whoever_vanishes_and_not_for_whoever_takes_leave() {
    let port = serve();
    let mut ada = Client::new(port, "ada", None).await;
    ada.listens("gone/#", QoS::AtLeastOnce).await;
    let will = |who: &str| Some(LastWill::new(format!("gone/{who}"), "Offline", QoS::AtLeastOnce, true));
    let mut polite = Client::new(port, "polite", will("polite")).await;
    polite.client.disconnect().await.unwrap();
    while polite.events.poll().await.is_ok() {}
    drop(Client::new(port, "cable", will("cable")).await);
    assert_eq!(ada.hears().await.topic, "gone/cable");
    // The same name again: the first one is hung up on.
    let _first = Client::new(port, "twin", will("twin")).await;
    let _second = Client::new(port, "twin", None).await;
    assert_eq!(ada.hears().await.topic, "gone/twin");
}

#[tokio::test]
async fn nonsense_is_hung_up_on() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let port = serve();
    for nonsense in
        [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0x10, 0xff, 0xff, 0xff, 0xff], &[0x30, 3, 0, 1, b'a'], &[0xf0, 0]]
    {
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        stream.write_all(nonsense).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut rest = Vec::new();
        let closed = tokio::time::timeout(Duration::from_secs(2), stream.read_to_end(&mut rest)).await;
        assert!(closed.is_ok() && rest.is_empty(), "{nonsense:?}");
    }
    Client::new(port, "still there", None).await;
}
