//! What the broker says, taken in.

use serde_json::{Value as Json, json};

use super::{
    hand::Hand,
    round::{Round, ask},
    show,
};
use crate::{
    kernel::{Instant, PlugId},
    power::{
        mqtt::Said,
        plugs::{Heard, adapters::ERROR},
    },
};

impl Round {
    /// Hears what the broker said.
    pub(super) fn hear(&mut self, said: Said) {
        match said {
            Said::Connected(line) => {
                show::here(&line, &self.app);
                self.line = Some(line);
                self.hands.values().for_each(|hand| self.greet(hand));
            }
            Said::Lost => {
                self.line = None;
                self.all_away();
            }
            Said::Message { topic, payload, retained } => self.message(&topic, &payload, retained),
            Said::TooLarge { topic, bytes, retained } => self.too_large(&topic, bytes, retained),
        }
    }

    fn all_away(&mut self) {
        let now = self.app.now();
        for hand in self.hands.values_mut() {
            if hand.is_away() {
                let happened = hand.wants(now).then(|| ("offline_in_session", json!("the broker is away")));
                self.book.keep(hand, happened, now);
            }
        }
    }

    /// Nothing of it is believed, and nobody else is kept waiting for it. As an order it is taken away like any other.
    fn too_large(&mut self, topic: &str, bytes: usize, retained: bool) {
        let now = self.app.now();
        for hand in self.hands.values_mut().filter(|hand| hand.plug.listens(topic)) {
            let plug = hand.plug.wiring.topic.clone();
            metrics::counter!("etabli_plug_messages_too_large_total", "topic" => plug).increment(1);
            if hand.plug.swamped(topic, bytes) {
                self.book.keep_settings(&hand.plug, now);
                let what = json!({ "topic": topic, "bytes": bytes });
                self.book.keep(hand, Some(("message_too_large", what)), now);
            }
        }
        // What is said of an order does not depend on what it says.
        self.message(topic, b"\0", retained);
    }

    fn message(&mut self, topic: &str, payload: &[u8], retained: bool) {
        if let Some(line) = &self.line {
            show::still_here(line, &self.app, topic, payload);
        }
        self.leaving.hear(topic, payload, retained);
        let heard = self.hands.iter().map(|(id, hand)| (*id, hand.plug.hear(topic, payload, retained)));
        let ours: Vec<_> = heard.filter(|(_, heard)| *heard != Heard::default()).collect();
        for (id, heard) in ours {
            self.believe(id, heard, retained);
        }
    }

    fn believe(&mut self, id: PlugId, heard: Heard, lay: bool) {
        let (now, line) = (self.app.now(), self.line.clone());
        let Some(hand) = self.hands.get_mut(&id) else { return };
        let heard = hand.weigh(heard, lay);
        let orders = hand.plug.orders();
        let (news, wrong) = hand.plug.learn(heard.settings.clone());
        if news || heard.settings.keys().any(|name| !name.starts_with(ERROR)) {
            self.book.keep_settings(&hand.plug, now);
        }
        for complaint in wrong {
            self.book.keep(hand, Some(("device_fault", complaint)), now);
        }
        if let Some(line) = line.as_ref().filter(|_| hand.plug.orders() != orders) {
            line.listen(hand.plug.orders());
        }
        if let (Some(topic), Some(line)) = (&heard.left_behind, &line) {
            line.forget(topic);
            if hand.finds(topic) {
                self.book.keep(hand, Some(("retained_command", json!(topic))), now);
            }
        }
        if let Some(topic) = &heard.cleared {
            hand.cleared(topic);
        }
        let (away, will) = (!hand.online, heard.online == Some(false));
        if let Some(happened) = take_in(hand, &heard, now) {
            self.book.keep(hand, happened, now);
            if let Some(line) = &line {
                show::state(line, &self.app, hand);
            }
        }
        if away && hand.online {
            let plug = hand.plug.clone();
            self.search(&plug);
            if heard.on.is_none() {
                self.ask(&plug);
            }
        } else if will && !lay {
            // A last will may be late or wrong: whoever answers is there.
            self.ask_state(id);
        }
    }

    fn ask_state(&mut self, id: PlugId) {
        if let (Some(line), Some(hand)) = (&self.line, self.hands.get_mut(&id)) {
            ask(line, hand);
        }
    }
}

/// Something happened, or nothing worth a line.
type Happened = Option<(&'static str, Json)>;

/// What is known after this, and what happened; nothing where nothing is worth keeping.
fn take_in(hand: &mut Hand, heard: &Heard, now: Instant) -> Option<Happened> {
    if heard.online == Some(false) {
        let news = hand.is_away();
        let alert = hand.wants(now).then(|| ("offline_in_session", json!("its last will")));
        return news.then_some(alert);
    }
    // Whoever speaks is there, whatever its last will says.
    let spoke = heard.on.is_some() || heard.reading.is_some();
    let came = !hand.online && (spoke || heard.online == Some(true));
    if came {
        hand.is_back();
    }
    if let Some(reading) = heard.reading {
        hand.reads(reading);
    }
    let switched = heard.on.filter(|on| hand.is_on(*on, now));
    let kind = switched.map(|on| match (on, hand.wants(now)) {
        (true, true) => "plug_on",
        (true, false) => "on_without_session",
        (false, _) => "plug_off",
    });
    (came || spoke).then(|| kind.map(|kind| (kind, Json::Null)))
}
