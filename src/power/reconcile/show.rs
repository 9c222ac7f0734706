//! What Home Assistant may see: sensors, and never a switch that goes round the rules.

use serde_json::json;

use super::hand::Hand;
use crate::{app::App, kernel::MachineId, power::mqtt::Line};

/// Announces the sensors of a machine, where the settings name a place for announcements.
pub(super) fn announce(line: &Line, app: &App, hand: &Hand) {
    let place = app.config.mqtt_discovery.as_str();
    if place.is_empty() {
        return;
    }
    let machine = hand.plug.machine;
    let topic = topic(machine);
    let device = json!({ "identifiers": [format!("etabli_{machine}")], "name": hand.plug.wiring.topic,
        "manufacturer": "Établi" });
    let state = json!({ "name": "État", "unique_id": format!("etabli_{machine}_state"), "state_topic": topic,
        "value_template": "{{ value_json.state }}", "device": device });
    let watts = json!({ "name": "Puissance", "unique_id": format!("etabli_{machine}_watts"), "state_topic": topic,
        "value_template": "{{ value_json.watts }}", "unit_of_measurement": "W", "device_class": "power",
        "state_class": "measurement", "device": device });
    let [about_state, about_watts] = announcements(place, machine);
    line.show(&about_state, &state.to_string());
    line.show(&about_watts, &watts.to_string());
}

/// Takes back what was announced of a machine, and what was shown: there is no plug before it any more.
pub(super) fn conceal(line: &Line, app: &App, machine: MachineId) {
    let place = app.config.mqtt_discovery.as_str();
    if place.is_empty() {
        return;
    }
    for shown in announcements(place, machine).iter().chain([&topic(machine)]) {
        line.forget(shown);
    }
}

/// Shows what a machine's power is.
pub(super) fn state(line: &Line, app: &App, hand: &Hand) {
    if app.config.mqtt_discovery.is_empty() {
        return;
    }
    let state = match (hand.online, hand.fault, hand.on) {
        (false, ..) => "offline",
        (true, Some(_), _) => "fault",
        (true, None, Some(true)) => "on",
        (true, None, Some(false)) => "off",
        (true, None, None) => "unknown",
    };
    line.show(&topic(hand.plug.machine), &json!({ "state": state, "watts": hand.watts }).to_string());
}

fn topic(machine: MachineId) -> String {
    format!("etabli/machines/{machine}/power")
}

/// Of its state and of its watts.
fn announcements(place: &str, machine: MachineId) -> [String; 2] {
    ["state", "watts"].map(|what| format!("{place}/sensor/etabli_{machine}/{what}/config"))
}
