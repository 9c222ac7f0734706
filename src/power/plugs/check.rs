//! What a plug must be set to, and what it is set to.

use serde_json::{Value as Json, json};

use super::model::{Adapter, Plug};

/// A setting of a plug that is not as it must be.
#[derive(Debug, Clone, PartialEq)]
pub struct Mistake {
    /// Its name on the device.
    pub setting: String,
    /// What it is; nothing where the device never said.
    pub found: Option<Json>,
    /// What it must be.
    pub expected: Json,
}

/// What is wrong with the settings of a plug, as far as it told them.
///
/// A plug that starts a machine by itself when the power comes back, or obeys an old message, is dangerous.
#[must_use]
pub fn mistakes(plug: &Plug) -> Vec<Mistake> {
    let wanted = expected(plug);
    let wrong = wanted.into_iter().filter(|(name, expected)| {
        !plug.settings.get(name).is_some_and(|found| same(&said(found), &said(expected)))
    });
    wrong
        .map(|(setting, expected)| Mistake { found: plug.settings.get(&setting).cloned(), setting, expected })
        .collect()
}

/// What to look after by hand, because the device does not tell.
#[must_use]
pub const fn by_hand(adapter: Adapter) -> &'static [&'static str] {
    match adapter {
        Adapter::Tasmota | Adapter::Shelly => &[],
        Adapter::Esphome => &["restore_mode: ALWAYS_OFF", "reboot_timeout: 0s"],
    }
}

fn expected(plug: &Plug) -> Vec<(String, Json)> {
    let relay = if plug.wiring.channel.is_empty() { "1" } else { &plug.wiring.channel };
    match plug.wiring.adapter {
        Adapter::Tasmota => {
            let mut all: Vec<(String, Json)> = [
                ("PowerOnState", json!(0)),
                ("SetOption0", json!("OFF")),
                ("PowerRetain", json!("OFF")),
                ("TelePeriod", json!(10)),
            ]
            .map(|(name, value)| (name.to_owned(), value))
            .into();
            // A lease sets it with every start; without one the plug would cut a machine that must not be cut.
            if plug.wiring.lease_seconds.is_none() {
                all.push((format!("PulseTime{relay}"), json!(0)));
            }
            all
        }
        Adapter::Shelly => {
            [("initial_state", json!("off")), ("auto_on", json!(false)), ("status_ntf", json!(true))]
                .map(|(name, value)| (name.to_owned(), value))
                .into()
        }
        Adapter::Esphome => Vec::new(),
    }
}

/// Tasmota writes a pulse as `{"Set":0,"Remaining":0}`, older ones as `0 (disabled)`.
fn said(value: &Json) -> Json {
    match value {
        Json::Object(parts) => parts.get("Set").cloned().unwrap_or(Json::Null),
        Json::String(text) if text.starts_with("0 ") => json!(0),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => value.clone(),
    }
}

/// Firmwares write 0, "0" and "OFF" for the same thing.
fn same(found: &Json, expected: &Json) -> bool {
    let off = |value: &Json| *value == json!(0) || *value == json!("0") || *value == json!("OFF");
    found == expected || (off(found) && off(expected))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::model::Wiring, Adapter, Mistake, Plug, mistakes};
    use crate::kernel::Id;

    fn plug(adapter: Adapter, lease_seconds: Option<i32>, settings: &serde_json::Value) -> Plug {
        let wiring =
            Wiring { adapter, topic: "scie".into(), channel: String::new(), meter: None, lease_seconds };
        Plug {
            id: Id::new(),
            machine: Id::new(),
            wiring,
            settings: settings.as_object().unwrap().clone(),
            settings_at: None,
            created_at: "2026-11-23T06:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn a_plug_as_it_must_be_has_no_mistakes() {
        let right = json!({ "PowerOnState": 0, "SetOption0": "OFF", "PowerRetain": "OFF", "TelePeriod": 10,
            "PulseTime1": { "Set": 0, "Remaining": 0 } });
        assert_eq!(mistakes(&plug(Adapter::Tasmota, None, &right)), []);
        let shelly = json!({ "initial_state": "off", "auto_on": false, "status_ntf": true });
        assert_eq!(mistakes(&plug(Adapter::Shelly, None, &shelly)), []);
    }

    #[test]
    fn every_mistake_is_shown_with_what_is_expected() {
        let wrong = json!({ "PowerOnState": 3, "SetOption0": "ON", "PowerRetain": "OFF",
            "PulseTime1": { "Set": 130, "Remaining": 0 } });
        let names = |plug: &Plug| {
            mistakes(plug).into_iter().map(|mistake: Mistake| mistake.setting).collect::<Vec<_>>()
        };
        let leased = plug(Adapter::Tasmota, Some(30), &wrong);
        assert_eq!(names(&leased), ["PowerOnState", "SetOption0", "TelePeriod"]);
        assert_eq!(
            mistakes(&leased)[2],
            Mistake { setting: "TelePeriod".into(), found: None, expected: json!(10) }
        );
        let free = plug(Adapter::Tasmota, None, &wrong);
        assert_eq!(names(&free), ["PowerOnState", "SetOption0", "TelePeriod", "PulseTime1"]);
        let silent = plug(Adapter::Shelly, None, &json!({ "initial_state": "restore_last" }));
        assert_eq!(names(&silent), ["initial_state", "auto_on", "status_ntf"]);
    }
}
