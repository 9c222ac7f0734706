//! Who listens to what, and what was left for those who come later.

use std::collections::BTreeMap;

use rumqttc::{Publish, QoS, SubscribeFilter, SubscribeReasonCode, matches, valid_filter, valid_topic};
use tokio::sync::mpsc;

/// Messages for one client before it counts as gone.
const ROOM: usize = 256;
/// So many topics hold a retained message; a newcomer's is not kept beyond that.
const KEPT: usize = 1000;

/// A client, as long as it is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Me(u64);

/// Everybody.
#[derive(Default)]
pub(super) struct Hub {
    came: u64,
    clients: BTreeMap<Me, Client>,
    retained: BTreeMap<String, Publish>,
}

struct Client {
    name: String,
    filters: Vec<(String, QoS)>,
    to: mpsc::Sender<Publish>,
    sent: u16,
}

impl Hub {
    /// A client comes; another one of the same name is hung up on.
    pub(super) fn enter(&mut self, name: &str) -> (Me, mpsc::Receiver<Publish>) {
        self.clients.retain(|_, client| client.name != name);
        self.came += 1;
        let (to, told) = mpsc::channel(ROOM);
        let client = Client { name: name.to_owned(), filters: Vec::new(), to, sent: 0 };
        self.clients.insert(Me(self.came), client);
        (Me(self.came), told)
    }

    pub(super) fn leave(&mut self, me: Me) {
        self.clients.remove(&me);
    }

    /// Hands a message to whoever listens, and keeps it if it is to be kept; an empty one takes the kept one away.
    pub(super) fn publish(&mut self, message: &Publish) {
        if !valid_topic(&message.topic) {
            return;
        }
        if message.retain && message.payload.is_empty() {
            self.retained.remove(&message.topic);
        } else if message.retain && (self.retained.len() < KEPT || self.retained.contains_key(&message.topic))
        {
            self.retained.insert(message.topic.clone(), message.clone());
        }
        let fresh = Publish { retain: false, dup: false, ..message.clone() };
        self.clients.retain(|_, client| client.hear(&fresh));
    }

    /// A client listens from now on, and hears what was kept.
    pub(super) fn subscribe(&mut self, me: Me, wishes: &[SubscribeFilter]) -> Vec<SubscribeReasonCode> {
        let Some(client) = self.clients.get_mut(&me) else { return Vec::new() };
        let mut codes = Vec::new();
        for wish in wishes {
            if !valid_filter(&wish.path) || wish.qos == QoS::ExactlyOnce {
                codes.push(SubscribeReasonCode::Failure);
                continue;
            }
            client.filters.retain(|(path, _)| *path != wish.path);
            client.filters.push((wish.path.clone(), wish.qos));
            codes.push(SubscribeReasonCode::Success(wish.qos));
            for kept in self.retained.values().filter(|kept| matches(&kept.topic, &wish.path)) {
                client.hear(kept);
            }
        }
        codes
    }

    pub(super) fn unsubscribe(&mut self, me: Me, paths: &[String]) {
        if let Some(client) = self.clients.get_mut(&me) {
            client.filters.retain(|(path, _)| !paths.contains(path));
        }
    }
}

impl Client {
    /// Hands a message over if the client listens to it, once; whether it is still there.
    fn hear(&mut self, message: &Publish) -> bool {
        let wanted =
            self.filters.iter().filter(|(path, _)| matches(&message.topic, path)).map(|(_, qos)| *qos);
        let Some(qos) = wanted.max_by_key(|qos| u8::from(*qos == QoS::AtLeastOnce)) else { return true };
        let mut message = message.clone();
        if qos == QoS::AtMostOnce {
            message.qos = qos;
        }
        message.pkid = if message.qos == QoS::AtMostOnce { 0 } else { self.number() };
        !matches!(self.to.try_send(message), Err(mpsc::error::TrySendError::Full(_)))
    }

    /// 1 to 65535, again and again.
    fn number(&mut self) -> u16 {
        self.sent = self.sent.checked_add(1).unwrap_or(1);
        self.sent
    }
}
