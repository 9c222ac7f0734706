//! What Home Assistant may see: sensors, and never a switch that goes round the rules.

use serde_json::json;

use super::hand::Hand;
use crate::{app::App, power::mqtt::Line};

/// Announces the sensors of a machine, where the settings name a place for announcements.
pub(super) fn announce(line: &Line, app: &App, hand: &Hand) {
    let place = app.config.mqtt_discovery.as_str();
    if place.is_empty() {
        return;
    }
    let (machine, topic) = (hand.plug.machine, topic(hand));
    let device = json!({ "identifiers": [format!("etabli_{machine}")], "name": hand.plug.wiring.topic,
        "manufacturer": "Établi" });
    let state = json!({ "name": "État", "unique_id": format!("etabli_{machine}_state"), "state_topic": topic,
        "value_template": "{{ value_json.state }}", "device": device });
    let watts = json!({ "name": "Puissance", "unique_id": format!("etabli_{machine}_watts"), "state_topic": topic,
        "value_template": "{{ value_json.watts }}", "unit_of_measurement": "W", "device_class": "power",
        "state_class": "measurement", "device": device });
    line.show(&format!("{place}/sensor/etabli_{machine}/state/config"), &state.to_string());
    line.show(&format!("{place}/sensor/etabli_{machine}/watts/config"), &watts.to_string());
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
    line.show(&topic(hand), &json!({ "state": state, "watts": hand.watts }).to_string());
}

fn topic(hand: &Hand) -> String {
    format!("etabli/machines/{}/power", hand.plug.machine)
}
