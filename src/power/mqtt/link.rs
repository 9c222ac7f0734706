//! One connection after another.

use std::time::Duration;

use rumqttc::{AsyncClient, ConnectionError, Event, LastWill, Packet, Publish, QoS, SubscribeFilter};
use tokio::{sync::mpsc, task::JoinHandle, time::sleep};

use super::Broker;

/// How long to wait before the next connection.
const PAUSE: Duration = Duration::from_secs(1);
/// Messages on their way to us before the broker has to wait.
const ROOM: usize = 256;
/// Messages on their way to the broker: what does not fit is not sent. The questions to two hundred plugs fit.
const OUT: usize = 4096;

/// A message of a plug is small: what is larger, in bytes, is none.
pub const LARGEST: usize = 16 * 1024;

/// What is shown of this program itself, as Home Assistant reads it.
pub const HERE: &str = "online";
/// The same when it is gone.
pub const AWAY: &str = "offline";

/// What the broker said.
pub enum Said {
    /// A connection stands; it ends with the next [`Said::Lost`].
    Connected(Line),
    /// A message came.
    Message {
        /// Where it was sent.
        topic: String,
        /// What it says.
        payload: Vec<u8>,
        /// Whether it lay there before we came.
        retained: bool,
    },
    /// A message came that is larger than [`LARGEST`]; it was left aside.
    TooLarge {
        /// Where it was sent.
        topic: String,
        /// How large it is.
        bytes: usize,
        /// Whether it lay there before we came.
        retained: bool,
    },
    /// The connection is over.
    Lost,
}

/// A connection that stands, to speak through.
#[derive(Clone)]
pub struct Line(AsyncClient);

impl Line {
    /// Sends a message, at least once and never retained; whether it could be handed over.
    pub fn send(&self, topic: &str, payload: &str) -> bool {
        self.0.try_publish(topic, QoS::AtLeastOnce, false, payload).is_ok()
    }

    /// Shows something to whoever looks, also later: what is, never what should be.
    pub fn show(&self, topic: &str, payload: &str) -> bool {
        self.0.try_publish(topic, QoS::AtLeastOnce, true, payload).is_ok()
    }

    /// Takes a retained message away.
    pub fn forget(&self, topic: &str) -> bool {
        self.0.try_publish(topic, QoS::AtLeastOnce, true, "").is_ok()
    }

    /// Listens to topics; to hear of what lies there, also again.
    pub fn listen(&self, topics: impl IntoIterator<Item = String>) -> bool {
        let filters = topics.into_iter().map(|path| SubscribeFilter { path, qos: QoS::AtLeastOnce });
        self.0.try_subscribe_many(filters).is_ok()
    }

    /// Takes leave of the broker.
    pub fn close(&self) {
        // Nobody is there to hear of a failure.
        let _ = self.0.try_disconnect();
    }
}

/// Connects under this name, again and again, until the task is aborted. What the broker should say when this program is
/// gone without a farewell stays on `presence`, if there is such a topic.
pub fn connect(
    broker: Broker,
    name: String,
    presence: Option<&'static str>,
) -> (mpsc::Receiver<Said>, JoinHandle<()>) {
    let (tell, told) = mpsc::channel(ROOM);
    (
        told,
        tokio::spawn(async move {
            while one(&broker, (&name, presence), &tell).await {
                sleep(PAUSE).await;
            }
        }),
    )
}

/// One connection from its beginning to its end; whether anybody still listens.
async fn one(broker: &Broker, (name, presence): (&str, Option<&str>), tell: &mpsc::Sender<Said>) -> bool {
    let mut options = broker.options(name);
    if let Some(topic) = presence {
        options.set_last_will(LastWill::new(topic, AWAY, QoS::AtLeastOnce, true));
    }
    let (client, mut events) = AsyncClient::new(options, OUT);
    // A command is small and must not wait for company on the wire.
    events.network_options.set_tcp_nodelay(true);
    loop {
        let said = match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => Said::Connected(Line(client.clone())),
            Ok(Event::Incoming(Packet::Publish(message))) => said(message),
            Ok(Event::Incoming(_) | Event::Outgoing(_)) => continue,
            Err(error) => {
                tracing::warn!(%error, hint = hint(&error), "no connection to the MQTT broker; trying again");
                return tell.send(Said::Lost).await.is_ok();
            }
        };
        if tell.send(said).await.is_err() {
            return false;
        }
    }
}

fn said(message: Publish) -> Said {
    let Publish { topic, payload, retain: retained, .. } = message;
    match payload.len() {
        bytes if bytes > LARGEST => Said::TooLarge { topic, bytes, retained },
        _ => Said::Message { topic, payload: payload.to_vec(), retained },
    }
}

/// What to do about it, where that is not said by the error itself.
fn hint(error: &ConnectionError) -> Option<&'static str> {
    match error {
        ConnectionError::Tls(_) => Some(
            "its certificate is not believed: name a file with the one that signed it, or with its own \
             (version 3, as `openssl req -x509` makes it), as ?ca=FILE of mqtt_url",
        ),
        ConnectionError::ConnectionRefused(_) => Some("look at the name and the password in mqtt_url"),
        ConnectionError::MqttState(_)
        | ConnectionError::NetworkTimeout
        | ConnectionError::FlushTimeout
        | ConnectionError::Io(_)
        | ConnectionError::NotConnAck(_)
        | ConnectionError::RequestsDone => None,
    }
}
