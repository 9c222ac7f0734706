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
    let wrong = expected(plug).into_iter().filter(|(name, expected)| !fits(plug, name, expected));
    wrong
        .map(|(setting, expected)| Mistake { found: plug.settings.get(&setting).cloned(), setting, expected })
        .collect()
}

/// Whether a setting is as it must be; what the device never said is not, where every device of its kind says it.
fn fits(plug: &Plug, name: &str, expected: &Json) -> bool {
    let Some(found) = plug.settings.get(name) else { return matches!(name, "FullTopic" | "in_mode") };
    match name {
        // Told on the topic that it names, so right; but for the one that stands elsewhere.
        "FullTopic" => *found != json!(format!("{}/%prefix%/", plug.wiring.topic)),
        // A firmware without rules has none that are on.
        "Rule1" | "Rule2" | "Rule3" | "Timers" if *found == json!("Unknown") => true,
        _ => same(&said(found), &said(expected)),
    }
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
                ("SetOption4", json!("OFF")),
                ("SetOption26", json!("OFF")),
                ("Rule1", json!("OFF")),
                ("Rule2", json!("OFF")),
                ("Rule3", json!("OFF")),
                ("Timers", json!("OFF")),
                ("FullTopic", json!(format!("%prefix%/{}/", plug.wiring.topic))),
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
            let wanted = [
                ("initial_state", json!("off")),
                ("auto_on", json!(false)),
                ("auto_off", json!(false)),
                ("in_mode", json!("detached")),
                ("status_ntf", json!(true)),
                ("enable_rpc", json!(true)),
            ];
            wanted.map(|(name, value)| (name.to_owned(), value)).into()
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
            "PulseTime1": { "Set": 0, "Remaining": 0 }, "SetOption4": "OFF", "SetOption26": "OFF", "Rule1": "OFF",
            "Rule2": "OFF", "Rule3": "Unknown", "Timers": "OFF", "FullTopic": "%prefix%/%topic%/" });
        assert_eq!(mistakes(&plug(Adapter::Tasmota, None, &right)), []);
        let shelly = json!({ "initial_state": "off", "auto_on": false, "auto_off": false, "status_ntf": true,
            "enable_rpc": true });
        assert_eq!(mistakes(&plug(Adapter::Shelly, None, &shelly)), []);
    }

    #[test]
    fn every_mistake_is_shown_with_what_is_expected() {
        let wrong = json!({ "PowerOnState": 3, "SetOption0": "ON", "PowerRetain": "OFF",
            "PulseTime1": { "Set": 130, "Remaining": 0 }, "SetOption4": "ON", "SetOption26": "ON", "Rule1": "ON",
            "Rule2": "OFF", "Rule3": "OFF", "Timers": "ON", "FullTopic": "scie/%prefix%/" });
        let names = |plug: &Plug| {
            mistakes(plug).into_iter().map(|mistake: Mistake| mistake.setting).collect::<Vec<_>>()
        };
        let leased = plug(Adapter::Tasmota, Some(30), &wrong);
        let all = [
            "PowerOnState",
            "SetOption0",
            "TelePeriod",
            "SetOption4",
            "SetOption26",
            "Rule1",
            "Timers",
            "FullTopic",
        ];
        assert_eq!(names(&leased), all);
        assert_eq!(
            mistakes(&leased)[2],
            Mistake { setting: "TelePeriod".into(), found: None, expected: json!(10) }
        );
        let free = plug(Adapter::Tasmota, None, &wrong);
        assert_eq!(names(&free), [&all[..], &["PulseTime1"]].concat());
        let silent =
            plug(Adapter::Shelly, None, &json!({ "initial_state": "restore_last", "in_mode": "follow" }));
        assert_eq!(
            names(&silent),
            ["initial_state", "auto_on", "auto_off", "in_mode", "status_ntf", "enable_rpc"]
        );
    }
}
