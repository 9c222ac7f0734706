//! ESPHome: `<prefix>/switch/<name>/command`, `<prefix>/switch/<name>/state`.

use super::{super::model::Wiring, Heard, Message, Reading, on_off, word};

pub(super) fn switch(of: &Wiring, on: bool) -> Message {
    Message::new(command(of), word(on))
}

pub(super) fn topics(of: &Wiring) -> Vec<String> {
    let always = [format!("{}/status", of.topic), format!("{}/switch/{}/state", of.topic, of.channel)];
    always.into_iter().chain(meter(of)).collect()
}

pub(super) fn hear(of: &Wiring, topic: &str, text: &str) -> Heard {
    if meter(of).is_some_and(|meter| meter == topic) {
        return Heard { reading: Some(Reading::of_text(text)), ..Heard::default() };
    }
    match topic.strip_prefix(of.topic.as_str()) {
        Some("/status") => Heard { online: online(text), ..Heard::default() },
        Some(rest) if rest == format!("/switch/{}/state", of.channel) => {
            Heard { on: on_off(text), ..Heard::default() }
        }
        _ => Heard::default(),
    }
}

pub(super) fn command(of: &Wiring) -> String {
    format!("{}/switch/{}/command", of.topic, of.channel)
}

fn meter(of: &Wiring) -> Option<String> {
    Some(format!("{}/sensor/{}/state", of.topic, of.meter.as_deref()?))
}

fn online(text: &str) -> Option<bool> {
    match text {
        "online" => Some(true),
        "offline" => Some(false),
        _ => None,
    }
}
