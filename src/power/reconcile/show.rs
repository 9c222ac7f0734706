//! What Home Assistant may see: sensors, and never a switch that goes round the rules.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{hand::Hand, round::Round};
use crate::{
    app::App,
    kernel::{Locale, MachineId, Result},
    machines,
    power::mqtt::{
        Line,
        link::{AWAY, HERE},
    },
    store::Db,
};

/// Where it is said whether this program speaks with the plugs. The broker says it for a program that was killed.
const PRESENCE: &str = "etabli/status";

/// How a machine is shown to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Face {
    slug: String,
    name: String,
}

/// Where this program's presence is shown, where the settings name a place for announcements.
pub(super) fn presence(app: &App) -> Option<&'static str> {
    (!app.config.mqtt_discovery.is_empty()).then_some(PRESENCE)
}

/// Says that this program is there.
pub(super) fn here(line: &Line, app: &App) {
    if let Some(topic) = presence(app) {
        line.listen([topic.to_owned()]);
        line.show(topic, HERE);
    }
}

/// The last will of an instance that spoke before may come after this one began.
pub(super) fn still_here(line: &Line, app: &App, topic: &str, payload: &[u8]) {
    if presence(app) == Some(topic) && payload == AWAY.as_bytes() {
        line.show(topic, HERE);
    }
}

/// Says that this program is leaving.
pub(super) fn gone(line: &Line, app: &App) {
    if let Some(topic) = presence(app) {
        line.show(topic, AWAY);
    }
}

fn faces(db: &mut Db) -> Result<BTreeMap<MachineId, Face>> {
    let face = |machine: machines::Machine| {
        let name = machine.name.in_language(Locale::default()).to_owned();
        (machine.id, Face { slug: machine.slug, name })
    };
    Ok(machines::store::list(db, None)?.into_iter().map(face).collect())
}

impl Round {
    /// Shows machines under the names that they have now.
    pub(super) async fn show_faces(&mut self) {
        if presence(&self.app).is_none() || self.hands.is_empty() {
            return;
        }
        let faces = match self.app.store.read(faces).await {
            Ok(faces) => faces,
            Err(error) => return tracing::error!(?error, "the names of machines cannot be read"),
        };
        for hand in self.hands.values_mut() {
            let face = faces.get(&hand.plug.machine).cloned();
            if hand.face == face {
                continue;
            }
            if let Some(line) = self.line.as_ref().filter(|_| hand.face.is_some()) {
                conceal(line, &self.app, hand);
            }
            hand.face = face;
            if let Some(line) = &self.line {
                announce(line, &self.app, hand);
                state(line, &self.app, hand);
            }
        }
    }
}

/// Announces the sensors of a machine, where the settings name a place for announcements.
pub(super) fn announce(line: &Line, app: &App, hand: &Hand) {
    let place = app.config.mqtt_discovery.as_str();
    let Some(face) = hand.face.as_ref().filter(|_| !place.is_empty()) else { return };
    let machine = hand.plug.machine;
    // How these were announced before machines were shown by their slugs: the same sensors must not be there twice.
    for before in announcements(place, &machine.to_string()) {
        line.forget(&before);
    }
    line.forget(&topic(&machine.to_string()));
    let [about_state, about_watts] = announcements(place, &face.slug);
    let states = json!({ "name": "État", "device_class": "enum",
        "options": ["on", "off", "fault", "offline", "unknown"] });
    line.show(&about_state, &sensor(machine, face, "state", states).to_string());
    let watts = json!({ "name": "Puissance", "unit_of_measurement": "W", "device_class": "power",
        "state_class": "measurement" });
    line.show(&about_watts, &sensor(machine, face, "watts", watts).to_string());
}

/// What Home Assistant is told of one sensor; its identity outlives a new name of the machine.
fn sensor(machine: MachineId, face: &Face, what: &str, mut about: Json) -> Json {
    let Face { slug, name } = face;
    let object = slug.replace('-', "_");
    let all = json!({
        "unique_id": format!("etabli_{machine}_{what}"),
        "object_id": format!("{object}_{what}"),
        "default_entity_id": format!("sensor.{object}_{what}"),
        "state_topic": topic(slug),
        "value_template": format!("{{{{ value_json.{what} }}}}"),
        "availability_topic": PRESENCE,
        "payload_available": HERE,
        "payload_not_available": AWAY,
        "device": { "identifiers": [format!("etabli_{machine}")], "name": name, "manufacturer": "Établi" },
        "origin": { "name": "Établi", "sw_version": env!("CARGO_PKG_VERSION") },
    });
    if let (Some(about), Json::Object(all)) = (about.as_object_mut(), all) {
        about.extend(all);
    }
    about
}

/// Takes back what was announced of a machine, and what was shown: there is no plug before it any more, or it has
/// another name.
pub(super) fn conceal(line: &Line, app: &App, hand: &Hand) {
    let place = app.config.mqtt_discovery.as_str();
    let Some(face) = hand.face.as_ref().filter(|_| !place.is_empty()) else { return };
    for shown in announcements(place, &face.slug).iter().chain([&topic(&face.slug)]) {
        line.forget(shown);
    }
}

/// Shows what a machine's power is.
pub(super) fn state(line: &Line, app: &App, hand: &Hand) {
    let Some(face) = hand.face.as_ref().filter(|_| !app.config.mqtt_discovery.is_empty()) else { return };
    let state = match (hand.online, hand.fault, hand.on) {
        (false, ..) => "offline",
        (true, Some(_), _) => "fault",
        (true, None, Some(true)) => "on",
        (true, None, Some(false)) => "off",
        (true, None, None) => "unknown",
    };
    line.show(&topic(&face.slug), &json!({ "state": state, "watts": hand.watts }).to_string());
}

fn topic(machine: &str) -> String {
    format!("etabli/machines/{machine}/power")
}

/// Of its state and of its watts.
fn announcements(place: &str, machine: &str) -> [String; 2] {
    ["state", "watts"].map(|what| format!("{place}/sensor/etabli_{machine}/{what}/config"))
}
