//! Shelly, second generation and later: JSON-RPC on `<prefix>/rpc`, answers on `etabli/<prefix>/rpc`,
//! `<prefix>/status/…`.

use serde_json::{Map, Value as Json, json};

use super::{super::model::Wiring, ERROR, Heard, Message, Reading, short};

/// The first level of our own topics. Each device answers below a level of its own, so that a broker can keep one device
/// from answering for another.
pub(in super::super) const US: &str = "etabli";

/// The settings that are asked for.
const SETTINGS: [&str; 6] = ["initial_state", "auto_on", "auto_off", "in_mode", "status_ntf", "enable_rpc"];

/// What is called; the number of a call tells which of them was answered, and for which relay.
const METHODS: [&str; 4] = ["Switch.Set", "Switch.GetStatus", "Switch.GetConfig", "Mqtt.GetConfig"];

pub(super) fn switch(of: &Wiring, number: u32, on: bool) -> Message {
    let mut wish = json!({ "id": relay(of), "on": on });
    if let (Some(seconds), true, Some(wish)) = (of.lease_seconds, on, wish.as_object_mut()) {
        wish.insert("toggle_after".to_owned(), seconds.into());
    }
    call(of, number, "Switch.Set", &wish)
}

pub(super) fn ask(of: &Wiring, number: u32) -> Vec<Message> {
    vec![call(of, number, "Switch.GetStatus", &json!({ "id": relay(of) }))]
}

pub(super) fn ask_settings(of: &Wiring, number: u32) -> Vec<Message> {
    vec![
        call(of, number, "Switch.GetConfig", &json!({ "id": relay(of) })),
        call(of, number, "Mqtt.GetConfig", &json!({})),
    ]
}

pub(super) fn topics(of: &Wiring) -> Vec<String> {
    vec![status(of), format!("{}/online", of.topic), answers(of)]
}

/// Calls, and the plain words of its "MQTT control".
pub(super) fn orders(of: &Wiring) -> Vec<String> {
    vec![format!("{}/rpc", of.topic), format!("{}/command/#", of.topic)]
}

/// Whether an order is for this relay: `command/switch:1` is another one's.
pub(super) fn concerns(of: &Wiring, topic: &str) -> bool {
    topic
        .rsplit('/')
        .next()
        .and_then(|last| last.strip_prefix("switch:"))
        .is_none_or(|relay| relay == of.channel)
}

pub(super) fn hear(of: &Wiring, number: u32, topic: &str, text: &str) -> Heard {
    if topic == format!("{}/online", of.topic) {
        return Heard { online: text.parse().ok(), ..Heard::default() };
    }
    let Ok(told) = serde_json::from_str::<Json>(text) else { return Heard::default() };
    if topic == status(of) {
        return state(&told);
    }
    let id = told.get("id").and_then(Json::as_u64).filter(|_| topic == answers(of));
    let Some((_, method)) = (number..).zip(METHODS).find(|(asked, _)| id == Some((*asked).into())) else {
        return Heard::default();
    };
    let failed = format!("{ERROR}{method}");
    match (told.get("result"), told.get("error")) {
        (Some(result), _) => {
            let Heard { on, reading, settings: errors, .. } = state(result);
            let settings = settings(result).into_iter().chain(errors).chain([(failed, Json::Null)]).collect();
            Heard { on, reading, settings, ..Heard::default() }
        }
        (None, Some(error)) => {
            let why = error.get("message").and_then(Json::as_str).unwrap_or_default();
            let why = if why.is_empty() { error.to_string() } else { why.to_owned() };
            Heard { settings: [(failed, short(&why).into())].into_iter().collect(), ..Heard::default() }
        }
        (None, None) => Heard::default(),
    }
}

fn call(of: &Wiring, number: u32, method: &str, wish: &Json) -> Message {
    let id = (number..).zip(METHODS).find(|(_, known)| *known == method).map_or(number, |(id, _)| id);
    let asked = json!({ "id": id, "src": format!("{US}/{}", of.topic), "method": method, "params": wish });
    Message::new(format!("{}/rpc", of.topic), asked.to_string())
}

fn answers(of: &Wiring) -> String {
    format!("{US}/{}/rpc", of.topic)
}

fn status(of: &Wiring) -> String {
    format!("{}/status/switch:{}", of.topic, of.channel)
}

fn relay(of: &Wiring) -> u8 {
    of.channel.parse().unwrap_or(0)
}

/// A status is whole: errors that it does not name are over.
fn state(told: &Json) -> Heard {
    let on = told.get("output").and_then(Json::as_bool);
    let named = told.get("errors").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let errors: Vec<Json> = named.take(8).map(|error| short(error).into()).collect();
    let errors = if errors.is_empty() { Json::Null } else { Json::Array(errors) };
    let settings = on.map(|_| (format!("{ERROR}status"), errors)).into_iter().collect();
    Heard { on, reading: told.get("apower").map(Reading::of), settings, ..Heard::default() }
}

/// Whoever tells over RPC how its MQTT is set has RPC, also where the firmware is too old to say so.
fn settings(result: &Json) -> Map<String, Json> {
    let rpc = result.get("status_ntf").map(|_| ("enable_rpc".to_owned(), true.into()));
    let told = SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), result.get(*name)?.clone())));
    rpc.into_iter().chain(told).filter(|(_, value)| value.to_string().len() <= 200).collect()
}
