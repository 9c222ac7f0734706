//! Shelly, second generation and later: JSON-RPC on `<prefix>/rpc`, answers on `etabli/rpc`, `<prefix>/status/…`.

use serde_json::{Map, Value as Json, json};

use super::{super::model::Wiring, Heard, Message, watts};

/// Who asks; answers come to `etabli/rpc`.
pub(in super::super) const US: &str = "etabli";

/// The settings that are asked for.
const SETTINGS: [&str; 3] = ["initial_state", "auto_on", "status_ntf"];

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
    vec![status(of), format!("{}/online", of.topic), format!("{US}/rpc")]
}

/// Calls, and the plain words of its "MQTT control".
pub(super) fn orders(of: &Wiring) -> Vec<String> {
    vec![format!("{}/rpc", of.topic), format!("{}/command/switch:{}", of.topic, of.channel)]
}

pub(super) fn hear(of: &Wiring, number: u32, topic: &str, text: &str) -> Heard {
    if topic == format!("{}/online", of.topic) {
        return Heard { online: text.parse().ok(), ..Heard::default() };
    }
    let Ok(told) = serde_json::from_str::<Json>(text) else { return Heard::default() };
    if topic == status(of) {
        return state(&told);
    }
    let ours = topic == format!("{US}/rpc") && told.get("id").and_then(Json::as_u64) == Some(number.into());
    match told.get("result") {
        Some(result) if ours => Heard { settings: settings(result), ..state(result) },
        _ => Heard::default(),
    }
}

fn call(of: &Wiring, number: u32, method: &str, wish: &Json) -> Message {
    let asked = json!({ "id": number, "src": US, "method": method, "params": wish });
    Message::new(format!("{}/rpc", of.topic), asked.to_string())
}

fn status(of: &Wiring) -> String {
    format!("{}/status/switch:{}", of.topic, of.channel)
}

fn relay(of: &Wiring) -> u8 {
    of.channel.parse().unwrap_or(0)
}

fn state(told: &Json) -> Heard {
    let on = told.get("output").and_then(Json::as_bool);
    Heard { on, watts: watts(told.get("apower").and_then(Json::as_f64)), ..Heard::default() }
}

fn settings(result: &Json) -> Map<String, Json> {
    let told = SETTINGS.iter().filter_map(|name| Some(((*name).to_owned(), result.get(*name)?.clone())));
    told.filter(|(_, value)| value.to_string().len() <= 200).collect()
}
