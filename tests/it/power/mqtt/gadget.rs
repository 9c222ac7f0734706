//! A simulated plug: Tasmota, Shelly or ESPHome, in one of several moods.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use etabli::power::plugs::Adapter;
use rumqttc::{AsyncClient, Event, LastWill, MqttOptions, Packet, QoS};
use serde_json::{Value as Json, json};
use tokio::task::JoinHandle;

/// How a plug takes commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Does as it is told and says so.
    Obedient,
    /// Does nothing and says nothing.
    Deaf,
    /// Says that it is off, whatever it is told.
    Stuck,
    /// Does as it is told and never says a word of it.
    Mute,
    /// Does as it is told and says how it is when it is asked only: a Shelly whose status notifications are off, a
    /// Tasmota whose words were lost.
    Asked,
}

/// A plug on the broker, until it vanishes.
pub struct Gadget {
    adapter: Adapter,
    topic: String,
    client: AsyncClient,
    relay: Arc<Mutex<Relay>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Relay {
    on: bool,
    /// Every command to switch, and whether it had lain on the broker.
    commands: Vec<(bool, bool)>,
}

impl Gadget {
    /// Boots with its relay on or off.
    pub fn boot(port: u16, adapter: Adapter, mood: Mood, on: bool) -> Self {
        let topic = "bois/scie".to_owned();
        let mut options = MqttOptions::new(format!("gadget-{}", uuid::Uuid::now_v7()), "127.0.0.1", port);
        let (place, here, gone) = presence(adapter, &topic);
        options.set_last_will(LastWill::new(&place, gone, QoS::AtLeastOnce, true));
        options.set_keep_alive(Duration::from_secs(5));
        let (client, mut events) = AsyncClient::new(options, 100);
        let relay = Arc::new(Mutex::new(Relay { on, commands: Vec::new() }));
        let (speaker, held, heard_on) = (client.clone(), relay.clone(), topic.clone());
        let task = tokio::spawn(async move {
            while let Ok(event) = events.poll().await {
                match event {
                    Event::Incoming(Packet::ConnAck(_)) => {
                        speaker.try_subscribe(command(adapter, &heard_on), QoS::AtLeastOnce).unwrap();
                        speaker.try_publish(&place, QoS::AtLeastOnce, true, here).unwrap();
                        say(&speaker, adapter, &heard_on, held.lock().unwrap().on);
                    }
                    Event::Incoming(Packet::Publish(said)) => {
                        let told =
                            (said.topic.as_str(), std::str::from_utf8(&said.payload).unwrap(), said.retain);
                        obey(&speaker, (adapter, mood), &heard_on, &held, told);
                    }
                    _ => {}
                }
            }
        });
        Self { adapter, topic, client, relay, task }
    }

    pub fn relay(&self) -> bool {
        self.relay.lock().unwrap().on
    }

    /// What it was told, in order: on or off.
    pub fn commands(&self) -> Vec<bool> {
        self.relay.lock().unwrap().commands.iter().map(|(on, _)| *on).collect()
    }

    /// The same from the first start on: a plug that did not yet speak is told to be off.
    pub fn since_its_start(&self) -> Vec<bool> {
        self.commands().into_iter().skip_while(|on| !on).collect()
    }

    pub fn was_told_by_retained_messages(&self) -> bool {
        self.relay.lock().unwrap().commands.iter().any(|(_, retained)| *retained)
    }

    /// Somebody presses the button on it, or its lease runs out.
    pub fn press(&self, on: bool) {
        self.relay.lock().unwrap().on = on;
        say(&self.client, self.adapter, &self.topic, on);
    }

    /// Its relay closes or opens, and nobody hears of it.
    pub fn turns(&self, on: bool) {
        self.relay.lock().unwrap().on = on;
    }

    /// It says how it is.
    pub fn says(&self) {
        say(&self.client, self.adapter, &self.topic, self.relay());
    }

    /// It says what flows through it.
    pub fn draws(&self, watts: f64) {
        let (topic, payload) = match self.adapter {
            Adapter::Tasmota => {
                (format!("tele/{}/SENSOR", self.topic), json!({ "ENERGY": { "Power": watts } }).to_string())
            }
            Adapter::Shelly => (
                format!("{}/status/switch:0", self.topic),
                json!({ "id": 0, "output": self.relay(), "apower": watts }).to_string(),
            ),
            Adapter::Esphome => (format!("{}/sensor/power/state", self.topic), watts.to_string()),
        };
        self.client.try_publish(topic, QoS::AtLeastOnce, false, payload).unwrap();
    }

    /// The cable is pulled: no farewell, the broker tells its last will.
    pub fn vanish(self) {
        self.task.abort();
    }
}

impl Drop for Gadget {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn presence(adapter: Adapter, topic: &str) -> (String, &'static str, &'static str) {
    match adapter {
        Adapter::Tasmota => (format!("tele/{topic}/LWT"), "Online", "Offline"),
        Adapter::Shelly => (format!("{topic}/online"), "true", "false"),
        Adapter::Esphome => (format!("{topic}/status"), "online", "offline"),
    }
}

/// Where it listens.
fn command(adapter: Adapter, topic: &str) -> String {
    match adapter {
        Adapter::Tasmota => format!("cmnd/{topic}/#"),
        Adapter::Shelly => format!("{topic}/rpc"),
        Adapter::Esphome => format!("{topic}/switch/relay/command"),
    }
}

fn say(client: &AsyncClient, adapter: Adapter, topic: &str, on: bool) {
    let word = if on { "ON" } else { "OFF" };
    let (place, payload, retained) = match adapter {
        Adapter::Tasmota => (format!("stat/{topic}/POWER"), word.to_owned(), false),
        Adapter::Shelly => {
            (format!("{topic}/status/switch:0"), json!({ "id": 0, "output": on }).to_string(), false)
        }
        Adapter::Esphome => (format!("{topic}/switch/relay/state"), word.to_owned(), true),
    };
    client.try_publish(place, QoS::AtLeastOnce, retained, payload).unwrap();
}

fn obey(
    client: &AsyncClient,
    (adapter, mood): (Adapter, Mood),
    topic: &str,
    relay: &Mutex<Relay>,
    (said_on, payload, retained): (&str, &str, bool),
) {
    if adapter == Adapter::Tasmota && !said_on.ends_with("/POWER") {
        return tell_setting(client, topic, said_on.rsplit('/').next().unwrap());
    }
    let told: Json = serde_json::from_str(payload).unwrap_or_default();
    let wish = match payload {
        "ON" => Some(true),
        "OFF" => Some(false),
        _ => told["params"]["on"].as_bool(),
    };
    let mut relay = relay.lock().unwrap();
    if let Some(wish) = wish {
        relay.commands.push((wish, retained));
        relay.on = if matches!(mood, Mood::Deaf | Mood::Stuck) { relay.on } else { wish };
    }
    match mood {
        Mood::Obedient => say(client, adapter, topic, relay.on),
        Mood::Stuck => say(client, adapter, topic, false),
        Mood::Asked if wish.is_none() => answer(client, adapter, topic, (&told, relay.on)),
        Mood::Deaf | Mood::Mute | Mood::Asked => {}
    }
}

/// The answer to whoever asked.
fn answer(client: &AsyncClient, adapter: Adapter, topic: &str, (asked, on): (&Json, bool)) {
    if adapter != Adapter::Shelly {
        return say(client, adapter, topic, on);
    }
    if asked["method"] == "Switch.GetStatus" {
        let told = json!({ "id": asked["id"], "src": "shelly", "result": { "id": 0, "output": on } });
        let place = format!("{}/rpc", asked["src"].as_str().unwrap());
        client.try_publish(place, QoS::AtLeastOnce, false, told.to_string()).unwrap();
    }
}

/// As a Tasmota comes out of its box, but for one thing.
fn tell_setting(client: &AsyncClient, topic: &str, setting: &str) {
    let told = match setting {
        "PowerOnState" => json!({ "PowerOnState": 3 }),
        "SetOption0" => json!({ "SetOption0": "ON" }),
        "PowerRetain" => json!({ "PowerRetain": "OFF" }),
        "TelePeriod" => json!({ "TelePeriod": 10 }),
        "SetOption4" | "SetOption26" | "Rule1" | "Rule2" | "Timers" => json!({ setting: "OFF" }),
        "Rule3" => json!({ "Command": "Unknown", "Input": "RULE3" }),
        "FullTopic" => json!({ "FullTopic": "%prefix%/%topic%/" }),
        "GroupTopic1" => json!({ "GroupTopic1": "ateliers" }),
        "Status" => json!({ "StatusMQT": { "MqttClient": "DVES_51A1ED" } }),
        _ => return,
    };
    let place = if setting == "Status" { "STATUS6" } else { "RESULT" };
    client.try_publish(format!("stat/{topic}/{place}"), QoS::AtLeastOnce, false, told.to_string()).unwrap();
}
