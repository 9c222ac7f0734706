//! Tasmota: `cmnd/<topic>/POWER`, `stat/<topic>/POWER`, `tele/<topic>/…`.

use serde_json::{Map, Value as Json};

use super::{super::model::Wiring, Heard, Message, on_off, watts, word};

/// The settings that are asked for; `PulseTime` is of one relay.
const SETTINGS: [&str; 4] = ["PowerOnState", "SetOption0", "PowerRetain", "TelePeriod"];

pub(super) fn switch(of: &Wiring, on: bool) -> Vec<Message> {
    let power = Message::new(command(of, &power(of)), word(on));
    // The plug counts anew with every ON.
    let lease = of
        .lease_seconds
        .filter(|_| on)
        .map(|seconds| Message::new(command(of, &pulse(of)), (100 + seconds).to_string()));
    lease.into_iter().chain([power]).collect()
}

pub(super) fn ask(of: &Wiring) -> Vec<Message> {
    vec![Message::new(command(of, &power(of)), "")]
}

pub(super) fn ask_settings(of: &Wiring) -> Vec<Message> {
    let names = SETTINGS.iter().map(|name| (*name).to_owned()).chain([pulse(of)]);
    names.map(|name| Message::new(command(of, &name), "")).collect()
}

pub(super) fn topics(of: &Wiring) -> Vec<String> {
    let said = ["POWER", "RESULT"].map(|last| match last {
        "POWER" => format!("stat/{}/{}", of.topic, power(of)),
        last => format!("stat/{}/{last}", of.topic),
    });
    let told = ["LWT", "STATE", "SENSOR"].map(|last| format!("tele/{}/{last}", of.topic));
    said.into_iter().chain(told).collect()
}

/// The first relay obeys two names, whichever it answers by.
pub(super) fn orders(of: &Wiring) -> Vec<String> {
    let first = ["POWER", "POWER1"].map(str::to_owned).to_vec();
    let names = if matches!(of.channel.as_str(), "" | "1") { first } else { vec![power(of)] };
    names.iter().map(|name| command(of, name)).collect()
}

pub(super) fn hear(of: &Wiring, topic: &str, text: &str) -> Heard {
    let mut parts = topic.splitn(2, '/');
    let (prefix, rest) = (parts.next(), parts.next());
    let last =
        rest.and_then(|rest| rest.strip_prefix(of.topic.as_str())).and_then(|rest| rest.strip_prefix('/'));
    match (prefix, last) {
        (Some("stat"), Some(last)) if last == power(of) => Heard { on: on_off(text), ..Heard::default() },
        (Some("tele"), Some("LWT")) => Heard { online: online(text), ..Heard::default() },
        (Some("tele"), Some("STATE")) => Heard { on: state(of, text), ..Heard::default() },
        (Some("tele"), Some("SENSOR")) => Heard { watts: energy(of, text), ..Heard::default() },
        (Some("stat"), Some("RESULT")) => Heard { settings: settings(of, text), ..Heard::default() },
        _ => Heard::default(),
    }
}

fn command(of: &Wiring, what: &str) -> String {
    format!("cmnd/{}/{what}", of.topic)
}

/// `POWER`, or `POWER2` on a device with several relays.
fn power(of: &Wiring) -> String {
    format!("POWER{}", of.channel)
}

fn pulse(of: &Wiring) -> String {
    format!("PulseTime{}", if of.channel.is_empty() { "1" } else { &of.channel })
}

fn online(text: &str) -> Option<bool> {
    match text {
        "Online" => Some(true),
        "Offline" => Some(false),
        _ => None,
    }
}

fn state(of: &Wiring, text: &str) -> Option<bool> {
    let told: Json = serde_json::from_str(text).ok()?;
    on_off(told.get(power(of))?.as_str()?)
}

/// One number, or one for each relay.
fn energy(of: &Wiring, text: &str) -> Option<f64> {
    let told: Json = serde_json::from_str(text).ok()?;
    let power = told.get("ENERGY")?.get("Power")?;
    let relay = of.channel.parse::<usize>().unwrap_or(1).saturating_sub(1);
    watts(power.as_f64().or_else(|| power.get(relay)?.as_f64()))
}

/// Only what was asked for: a result may speak of anything.
fn settings(of: &Wiring, text: &str) -> Map<String, Json> {
    let told: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    let pulse = pulse(of);
    let ours = |name: &String| SETTINGS.contains(&name.as_str()) || *name == pulse;
    told.into_iter().filter(|(name, value)| ours(name) && value.to_string().len() <= 200).collect()
}
