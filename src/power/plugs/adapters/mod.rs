//! Three languages, one shape: a command becomes messages, a message becomes what was heard.

mod esphome;
pub(super) mod shelly;
mod tasmota;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value as Json};

use super::{
    model::{Adapter, Plug},
    topic,
};

/// Names among the settings that begin so tell what is wrong with a device; nothing (`null`) where it is right again.
pub const ERROR: &str = "error:";

/// A message for the broker: at least once (QoS 1), never retained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Where it goes.
    pub topic: String,
    /// What it says.
    pub payload: String,
}

impl Message {
    fn new(topic: impl Into<String>, payload: impl Into<String>) -> Self {
        Self { topic: topic.into(), payload: payload.into() }
    }
}

/// What a meter says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// So many watts.
    Watts(f64),
    /// It speaks, and does not know: `null`, a text that is no number, a number that cannot be.
    Unknown,
}

/// What a message of a plug says; what it does not speak of is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard {
    /// Whether the device is there.
    pub online: Option<bool>,
    /// Whether the relay is on.
    pub on: Option<bool>,
    /// What it says of what flows through it.
    pub reading: Option<Reading>,
    /// What the device says of its settings, and of what is wrong with it ([`ERROR`]).
    pub settings: Map<String, Json>,
    /// Where somebody left a retained command, which the device obeys whenever it comes back.
    pub left_behind: Option<String>,
    /// Where such a command may lie no more, because somebody said nothing there.
    pub cleared: Option<String>,
}

impl Plug {
    /// Switches the relay, with its lease.
    #[must_use]
    pub fn switch(&self, on: bool) -> Vec<Message> {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::switch(&self.wiring, on),
            Adapter::Shelly => vec![shelly::switch(&self.wiring, self.number(), on)],
            Adapter::Esphome => vec![esphome::switch(&self.wiring, on)],
        }
    }

    /// Asks for the state of the relay; ESPHome says it by itself.
    #[must_use]
    pub fn ask(&self) -> Vec<Message> {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::ask(&self.wiring),
            Adapter::Shelly => shelly::ask(&self.wiring, self.number()),
            Adapter::Esphome => Vec::new(),
        }
    }

    /// How often it says what flows through it, in seconds: a Tasmota as it is set, a Shelly when it is asked, ESPHome as
    /// its sensors come out of the box.
    #[must_use]
    pub fn reporting_seconds(&self) -> u64 {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::reporting_seconds(&self.settings),
            Adapter::Shelly => 10,
            Adapter::Esphome => 60,
        }
    }

    /// Asks for the settings that matter; ESPHome cannot be asked.
    #[must_use]
    pub fn ask_settings(&self) -> Vec<Message> {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::ask_settings(&self.wiring),
            Adapter::Shelly => shelly::ask_settings(&self.wiring, self.number()),
            Adapter::Esphome => Vec::new(),
        }
    }

    /// What to listen to.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        let said = match self.wiring.adapter {
            Adapter::Tasmota => tasmota::topics(&self.wiring),
            Adapter::Shelly => shelly::topics(&self.wiring),
            Adapter::Esphome => esphome::topics(&self.wiring),
        };
        said.into_iter().chain(self.orders()).collect()
    }

    /// Where the device takes orders. A broker says only to whoever begins to listen what lies there: listen again to
    /// hear of it.
    #[must_use]
    pub fn orders(&self) -> Vec<String> {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::orders(self),
            Adapter::Shelly => shelly::orders(&self.wiring),
            Adapter::Esphome => vec![esphome::command(&self.wiring)],
        }
    }

    /// Whether a topic is one of those that are listened to for this plug.
    #[must_use]
    pub fn listens(&self, topic: &str) -> bool {
        self.topics().iter().any(|filter| topic::matches(filter, topic))
    }

    /// What a message says of this plug; nothing where it speaks of something else or makes no sense.
    #[must_use]
    pub fn hear(&self, topic: &str, payload: &[u8], retained: bool) -> Heard {
        if self.orders().iter().any(|order| topic::matches(order, topic)) {
            return if self.concerned(topic) { order(topic, payload, retained) } else { Heard::default() };
        }
        let Ok(text) = std::str::from_utf8(payload) else { return Heard::default() };
        let heard = match self.wiring.adapter {
            Adapter::Tasmota if tasmota::turned(&self.wiring).as_deref() == Some(topic) => {
                return tasmota::hear_turned(&self.wiring, text);
            }
            Adapter::Tasmota => tasmota::hear(&self.wiring, topic, text),
            Adapter::Shelly => shelly::hear(&self.wiring, self.number(), topic, text),
            Adapter::Esphome => esphome::hear(&self.wiring, topic, text),
        };
        self.believed(heard, retained)
    }

    /// Whether an order switches this relay, or the whole device.
    fn concerned(&self, topic: &str) -> bool {
        match self.wiring.adapter {
            Adapter::Tasmota => tasmota::concerns(&self.wiring, topic),
            Adapter::Shelly => shelly::concerns(&self.wiring, topic),
            Adapter::Esphome => true,
        }
    }

    fn believed(&self, heard: Heard, retained: bool) -> Heard {
        match (retained, self.wiring.adapter) {
            (false, _) | (true, Adapter::Esphome) => heard,
            (true, Adapter::Tasmota | Adapter::Shelly) => Heard { online: heard.online, ..Heard::default() },
        }
    }

    /// Tells the answers of one relay from those of another of the same device: the first of four numbers.
    fn number(&self) -> u32 {
        let [.., a, b, c, d] = self.id.uuid().into_bytes();
        u32::from_be_bytes([a, b, c, d]) & 0x7fff_fffc
    }
}

/// Of orders only those that lie there say anything: our own come back to us.
fn order(topic: &str, payload: &[u8], retained: bool) -> Heard {
    let here = |is: bool| is.then(|| topic.to_owned());
    let (left_behind, cleared) =
        (here(retained && !payload.is_empty()), here(!retained && payload.is_empty()));
    Heard { left_behind, cleared, ..Heard::default() }
}

/// `ON` and `OFF`, in any case.
fn on_off(text: &str) -> Option<bool> {
    match text.to_ascii_uppercase().as_str() {
        "ON" => Some(true),
        "OFF" => Some(false),
        _ => None,
    }
}

/// Words of a device, as far as they are worth keeping.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(120).collect()
}

fn word(on: bool) -> &'static str {
    if on { "ON" } else { "OFF" }
}

/// The most that can flow through a plug, in watts.
const MOST: f64 = 100_000.0;
/// So far below zero a meter strays that measures nothing, in watts; one that reads less is wired the wrong way round.
const NOISE: f64 = -50.0;

impl Reading {
    /// A number, as such or as a text; what comes from a network may be anything.
    fn of(told: &Json) -> Self {
        match told {
            Json::String(text) => Self::of_text(text),
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
                Self::of_number(told.as_f64())
            }
        }
    }

    fn of_text(text: &str) -> Self {
        Self::of_number(text.trim().parse().ok())
    }

    fn of_number(told: Option<f64>) -> Self {
        let can_be = told.filter(|watts| watts.is_finite() && (NOISE..=MOST).contains(watts));
        can_be.map_or(Self::Unknown, |watts| Self::Watts(watts.max(0.0)))
    }
}
