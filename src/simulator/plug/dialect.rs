//! What each make says, and how it is told.

use serde_json::{Value as Json, json};

use super::{Make, Plug, Says};

/// How a Shelly introduces itself.
const SHELLY: &str = "shellyplus1pm-simulated";

impl Plug {
    /// Where it listens.
    #[must_use]
    pub fn listens(&self) -> String {
        match self.make {
            Make::Tasmota => format!("cmnd/{}/#", self.topic),
            Make::Shelly => format!("{}/rpc", self.topic),
            Make::Esphome => format!("{}/switch/relay/command", self.topic),
        }
    }

    /// What the broker says for it when it is gone.
    #[must_use]
    pub fn will(&self) -> Says {
        let (_, gone) = self.presence();
        gone
    }

    /// What it says when it comes, or comes back.
    #[must_use]
    pub fn wakes(&self) -> Vec<Says> {
        let (here, _) = self.presence();
        [here].into_iter().chain(self.state()).chain(self.energy()).collect()
    }

    fn presence(&self) -> (Says, Says) {
        let (place, here, gone) = match self.make {
            Make::Tasmota => (format!("tele/{}/LWT", self.topic), "Online", "Offline"),
            Make::Shelly => (format!("{}/online", self.topic), "true", "false"),
            Make::Esphome => (format!("{}/status", self.topic), "online", "offline"),
        };
        (kept(place.clone(), here), kept(place, gone))
    }

    /// What the relay is.
    pub(super) fn state(&self) -> Vec<Says> {
        let (topic, word) = (&self.topic, if self.on { "ON" } else { "OFF" });
        match self.make {
            Make::Tasmota => vec![
                said(format!("stat/{topic}/RESULT"), json!({ "POWER": word }).to_string()),
                said(format!("stat/{topic}/POWER"), word),
            ],
            Make::Shelly => vec![said(format!("{topic}/status/switch:0"), self.status().to_string())],
            Make::Esphome => vec![kept(format!("{topic}/switch/relay/state"), word)],
        }
    }

    /// What flows through it.
    pub(super) fn energy(&self) -> Vec<Says> {
        let (topic, watts) = (&self.topic, self.watts());
        match self.make {
            Make::Tasmota => {
                let told = json!({ "ENERGY": { "Power": watts, "Voltage": 230 } });
                vec![said(format!("tele/{topic}/SENSOR"), told.to_string())]
            }
            Make::Shelly => vec![said(format!("{topic}/status/switch:0"), self.status().to_string())],
            Make::Esphome => vec![kept(format!("{topic}/sensor/power/state"), &watts.to_string())],
        }
    }

    fn status(&self) -> Json {
        json!({ "id": 0, "source": "MQTT", "output": self.on, "apower": self.watts(), "voltage": 230.0 })
    }

    /// Somebody tells it something.
    pub fn hear(&mut self, now: i64, topic: &str, payload: &str) -> Vec<Says> {
        match self.make {
            Make::Tasmota => match topic.rsplit('/').next() {
                Some("POWER" | "POWER1") => self.power(now, payload),
                Some(name) => self.setting(name, payload),
                None => Vec::new(),
            },
            Make::Shelly => self.call(now, &serde_json::from_str(payload).unwrap_or_default()),
            Make::Esphome => on_off(payload).map(|on| self.switch(on, None)).unwrap_or_default(),
        }
    }

    fn power(&mut self, now: i64, payload: &str) -> Vec<Says> {
        // 1 to 111 are tenths of a second, 112 on are seconds above 100.
        let lease = match self.pulse {
            0 => None,
            tenths @ 1..=111 => Some(tenths * 100),
            seconds => Some((seconds - 100) * 1000),
        };
        match on_off(payload) {
            Some(on) => self.switch(on, lease.map(|lease| now + lease)),
            None if payload.eq_ignore_ascii_case("toggle") => self.press(),
            None => self.state(),
        }
    }

    fn setting(&mut self, name: &str, payload: &str) -> Vec<Says> {
        let told = match name {
            "PowerOnState" => json!({ "PowerOnState": 0 }),
            "SetOption0" => json!({ "SetOption0": "OFF" }),
            "PowerRetain" => json!({ "PowerRetain": "OFF" }),
            "TelePeriod" => json!({ "TelePeriod": 10 }),
            "SetOption4" | "SetOption26" | "Rule1" | "Rule2" | "Rule3" | "Timers" => json!({ name: "OFF" }),
            "FullTopic" => json!({ "FullTopic": "%prefix%/%topic%/" }),
            "GroupTopic1" => json!({ "GroupTopic1": "tasmotas" }),
            "GroupTopic2" => json!({ "GroupTopic2": "" }),
            "Topic" => json!({ "Topic": self.topic }),
            "Status" => {
                let told = json!({ "StatusMQT": { "MqttClient": "DVES_51A1ED" } });
                return vec![said(format!("stat/{}/STATUS6", self.topic), told.to_string())];
            }
            "PulseTime" | "PulseTime1" => {
                self.pulse = payload.parse().unwrap_or(self.pulse);
                json!({ "PulseTime1": { "Set": self.pulse, "Remaining": 0 } })
            }
            _ => json!({ "Command": "Unknown" }),
        };
        vec![said(format!("stat/{}/RESULT", self.topic), told.to_string())]
    }

    /// A call over JSON-RPC; the answer goes to whoever asked.
    fn call(&mut self, now: i64, asked: &Json) -> Vec<Says> {
        let (Some(id), Some(who)) = (asked.get("id"), asked.get("src").and_then(Json::as_str)) else {
            return Vec::new();
        };
        let was_on = self.on;
        let mut more = Vec::new();
        let result = match asked.get("method").and_then(Json::as_str) {
            Some("Switch.Set") => {
                let on = asked.pointer("/params/on").and_then(Json::as_bool).unwrap_or(false);
                let lease = asked.pointer("/params/toggle_after").and_then(Json::as_i64);
                more = self.switch(on, lease.map(|seconds| now + seconds * 1000));
                Some(json!({ "was_on": was_on }))
            }
            Some("Switch.GetStatus") => Some(self.status()),
            Some("Switch.GetConfig") => {
                Some(json!({ "id": 0, "initial_state": "off", "auto_on": false, "auto_off": false,
                "in_mode": "detached" }))
            }
            Some("Mqtt.GetConfig") => {
                Some(json!({ "enable": true, "enable_rpc": true, "rpc_ntf": true, "status_ntf": true }))
            }
            _ => None,
        };
        let mut answer = json!({ "id": id, "src": SHELLY, "dst": who });
        if let Some(answer) = answer.as_object_mut() {
            match result {
                Some(result) => answer.insert("result".to_owned(), result),
                None => answer.insert("error".to_owned(), json!({ "code": 404, "message": "No handler" })),
            };
        }
        more.insert(0, said(format!("{who}/rpc"), answer.to_string()));
        more
    }
}

fn on_off(payload: &str) -> Option<bool> {
    match payload.to_ascii_uppercase().as_str() {
        "ON" | "1" => Some(true),
        "OFF" | "0" => Some(false),
        _ => None,
    }
}

fn said(topic: String, payload: impl Into<String>) -> Says {
    Says { topic, payload: payload.into(), retained: false }
}

fn kept(topic: String, payload: &str) -> Says {
    Says { topic, payload: payload.to_owned(), retained: true }
}
