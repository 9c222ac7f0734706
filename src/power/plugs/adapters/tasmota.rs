//! Tasmota: `cmnd/<topic>/POWER`, `stat/<topic>/POWER`, `tele/<topic>/…`; the three prefixes stand where its `FullTopic`
//! says.

use serde_json::{Map, Value as Json};

use super::{
    super::{
        model::{Plug, Wiring},
        topic::{PREFIX, is_topic},
    },
    ERROR, Heard, Message, Reading, on_off, short, word,
};

/// The settings that are asked for; `PulseTime` is of one relay.
const SETTINGS: [&str; 14] = [
    "PowerOnState",
    "SetOption0",
    "SetOption4",
    "SetOption26",
    "PowerRetain",
    "TelePeriod",
    "Rule1",
    "Rule2",
    "Rule3",
    "Timers",
    "FullTopic",
    "GroupTopic1",
    "GroupTopic2",
    "Topic",
];
/// The group that it belongs to as it comes out of its box.
const GROUP: &str = "tasmotas";
/// Its name for the broker, as `Status 6` tells it: it obeys `cmnd/<that>_fb/…`, too.
const CLIENT: &str = "MqttClient";

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
    let asked = names.map(|name| Message::new(command(of, &name), ""));
    asked.chain([Message::new(command(of, "Status"), "6")]).collect()
}

/// `TelePeriod`, which is 0 where it says nothing by itself; until it is known, as it must be set.
pub(super) fn reporting_seconds(settings: &Map<String, Json>) -> u64 {
    settings.get("TelePeriod").and_then(Json::as_u64).filter(|told| (10..=3600).contains(told)).unwrap_or(10)
}

/// With `SetOption4` an answer comes on a topic of its own name, so all of them are listened to.
pub(super) fn topics(of: &Wiring) -> Vec<String> {
    let said = ["stat", "tele"].map(|prefix| format!("{}/+", place(of, prefix)));
    said.into_iter().chain(turned(of)).collect()
}

/// Everything it obeys: its own topic, its groups and its fallback topic, with whatever command in whatever case.
pub(super) fn orders(plug: &Plug) -> Vec<String> {
    let text = |name: &str| plug.settings.get(name).and_then(Json::as_str).filter(|text| is_topic(text));
    let known = [text("GroupTopic1"), text("GroupTopic2")];
    let groups = if plug.settings.contains_key("GroupTopic1") { known } else { [Some(GROUP), None] };
    let full = plug.settings.get("FullTopic").and_then(Json::as_str);
    // With SetOption75 a group stands behind `cmnd` alone, else where the topic stands.
    let of_group = |group: &str| {
        let usual = full.map(|full| full.replace(PREFIX, "cmnd").replace("%topic%", group));
        let usual = usual.map(|place| place.trim_end_matches('/').to_owned()).filter(|place| is_topic(place));
        [Some(format!("cmnd/{group}")), usual]
    };
    let mut places = vec![place(&plug.wiring, "cmnd")];
    places.extend(groups.into_iter().flatten().flat_map(of_group).flatten());
    places.extend(text(CLIENT).map(|client| format!("cmnd/{client}_fb")));
    places.sort();
    places.dedup();
    places.into_iter().map(|place| format!("{place}/#")).collect()
}

/// Whether an order is for this relay: `POWER2` of a device is another one's.
pub(super) fn concerns(of: &Wiring, topic: &str) -> bool {
    let last = topic.rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
    match last.strip_prefix("POWER").filter(|relay| relay.bytes().all(|byte| byte.is_ascii_digit())) {
        Some("" | "1") => is_first(of),
        Some("0") | None => true,
        Some(relay) => relay == of.channel,
    }
}

/// Where it would say that it is there if its `FullTopic` had the topic before the prefix.
pub(super) fn turned(of: &Wiring) -> Option<String> {
    (!of.topic.contains(PREFIX)).then(|| format!("{}/tele/LWT", of.topic))
}

/// What that says of its settings.
pub(super) fn hear_turned(of: &Wiring, text: &str) -> Heard {
    let mut settings = Map::new();
    if online(text) == Some(true) {
        settings.insert("FullTopic".to_owned(), format!("{}/{PREFIX}/", of.topic).into());
    }
    Heard { settings, ..Heard::default() }
}

pub(super) fn hear(of: &Wiring, topic: &str, text: &str) -> Heard {
    let last = |prefix: &str| topic.strip_prefix(place(of, prefix).as_str())?.strip_prefix('/');
    match (last("stat"), last("tele")) {
        (Some("WARNING"), _) => Heard { settings: warning(text), ..Heard::default() },
        (Some(last), _) => match serde_json::from_str::<Map<String, Json>>(text) {
            Ok(told) => answer(of, told),
            Err(_) if names(of).iter().any(|name| name == last) => state(on_off(text)),
            Err(_) => Heard::default(),
        },
        (None, Some("LWT")) => Heard { online: online(text), ..Heard::default() },
        (None, Some("STATE")) => {
            serde_json::from_str(text).map_or_else(|_| Heard::default(), |told| state(relay(of, &told)))
        }
        (None, Some("SENSOR")) => Heard { reading: energy(of, text), ..Heard::default() },
        (None, _) => Heard::default(),
    }
}

/// Where the topics of one prefix begin.
fn place(of: &Wiring, prefix: &str) -> String {
    if of.topic.contains(PREFIX) {
        of.topic.replace(PREFIX, prefix)
    } else {
        format!("{prefix}/{}", of.topic)
    }
}

fn command(of: &Wiring, what: &str) -> String {
    format!("{}/{what}", place(of, "cmnd"))
}

fn is_first(of: &Wiring) -> bool {
    matches!(of.channel.as_str(), "" | "1")
}

/// `POWER`, or `POWER2` on a device with several relays.
fn power(of: &Wiring) -> String {
    format!("POWER{}", of.channel)
}

/// What the relay may be called: the first one has two names, and `SetOption26` and the number of relays decide which
/// of them a device uses.
fn names(of: &Wiring) -> Vec<String> {
    if is_first(of) { vec!["POWER".to_owned(), "POWER1".to_owned()] } else { vec![power(of)] }
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

fn relay(of: &Wiring, told: &Map<String, Json>) -> Option<bool> {
    names(of).iter().find_map(|name| on_off(told.get(name)?.as_str()?))
}

/// What was wrong is over once it is on again.
fn state(on: Option<bool>) -> Heard {
    let over = (on == Some(true)).then(|| (format!("{ERROR}warning"), Json::Null));
    Heard { on, settings: over.into_iter().collect(), ..Heard::default() }
}

/// It switched itself off, and says why: `{"MaxPowerReached":"2300 W"}`.
fn warning(text: &str) -> Map<String, Json> {
    let told: Map<String, Json> = serde_json::from_str(text).unwrap_or_default();
    told.keys().next().map(|why| (format!("{ERROR}warning"), short(why).into())).into_iter().collect()
}

/// One number, or one for each relay.
fn energy(of: &Wiring, text: &str) -> Option<Reading> {
    let told: Json = serde_json::from_str(text).ok()?;
    let power = told.get("ENERGY")?.get("Power")?;
    let relay = of.channel.parse::<usize>().unwrap_or(1).saturating_sub(1);
    match power {
        Json::Array(all) => all.get(relay).map(Reading::of),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Object(_) => {
            Some(Reading::of(power))
        }
    }
}

/// The answer to a command: what the relay is, and the settings that were asked for; it may speak of anything else.
fn answer(of: &Wiring, told: Map<String, Json>) -> Heard {
    let heard = state(relay(of, &told));
    let pulse = pulse(of);
    let named = |name: &str| {
        let known = SETTINGS.iter().copied().chain([pulse.as_str()]);
        known.into_iter().find(|known| known.eq_ignore_ascii_case(name)).map(str::to_owned)
    };
    // `{"Command":"Unknown","Input":"RULE1"}`: the firmware has no such thing.
    let input =
        told.get("Input").and_then(Json::as_str).filter(|_| told.get("Command") == Some(&"Unknown".into()));
    let missing = input.and_then(named).map(|name| (name, "Unknown".into()));
    let client = told.get("StatusMQT").and_then(|told| told.get(CLIENT)).cloned();
    let client = client.map(|client| (CLIENT.to_owned(), client));
    let asked = told.into_iter().filter_map(|(name, value)| Some((named(&name)?, plain(value))));
    let settings = asked.chain(missing).chain(client).filter(|(_, value)| value.to_string().len() <= 200);
    Heard { on: heard.on, settings: heard.settings.into_iter().chain(settings).collect(), ..Heard::default() }
}

/// Of a rule only whether it is on: its text is long.
fn plain(value: Json) -> Json {
    value.get("State").cloned().unwrap_or(value)
}
