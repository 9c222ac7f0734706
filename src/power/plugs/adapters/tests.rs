//! The table of `machine-access.md`, and whatever else comes over a network.

use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use rstest::rstest;
use serde_json::{Value as Json, json};
use strum::VariantArray;

use super::{Adapter, Heard, Plug, Reading};
use crate::{
    kernel::Id,
    power::plugs::{Wiring, topic},
};

fn plug(adapter: Adapter, channel: &str, lease_seconds: Option<i32>) -> Plug {
    let meter = (adapter == Adapter::Esphome).then(|| "power".to_owned());
    Plug {
        id: "0190a5e4-7c1e-7000-8000-0000c0ffee01".parse().unwrap(),
        machine: Id::new(),
        wiring: Wiring { adapter, topic: "bois/scie".into(), channel: channel.into(), meter, lease_seconds },
        settings: serde_json::Map::new(),
        settings_at: None,
        created_at: "2026-11-23T06:00:00Z".parse().unwrap(),
    }
}

fn told(plug: &Plug, on: bool) -> Vec<(String, String)> {
    plug.switch(on).into_iter().map(|message| (message.topic, message.payload)).collect()
}

fn pair(topic: &str, payload: &str) -> (String, String) {
    (topic.to_owned(), payload.to_owned())
}

#[test]
fn commands_are_those_of_the_table() {
    let tasmota = plug(Adapter::Tasmota, "", Some(30));
    assert_eq!(
        told(&tasmota, true),
        [pair("cmnd/bois/scie/PulseTime1", "130"), pair("cmnd/bois/scie/POWER", "ON")]
    );
    assert_eq!(told(&tasmota, false), [pair("cmnd/bois/scie/POWER", "OFF")]);
    assert_eq!(told(&plug(Adapter::Tasmota, "2", None), true), [pair("cmnd/bois/scie/POWER2", "ON")]);
    let esphome = plug(Adapter::Esphome, "relay", Some(30));
    assert_eq!(told(&esphome, true), [pair("bois/scie/switch/relay/command", "ON")]);
    let shelly = plug(Adapter::Shelly, "0", Some(30));
    let [(topic, payload)] = &told(&shelly, true)[..] else { panic!("one message") };
    assert_eq!(topic, "bois/scie/rpc");
    let wish = json!({ "id": shelly.number(), "src": "etabli/bois/scie", "method": "Switch.Set",
        "params": { "id": 0, "on": true, "toggle_after": 30 } });
    assert_eq!(serde_json::from_str::<Json>(payload).unwrap(), wish);
    assert!(!told(&shelly, false)[0].1.contains("toggle_after"), "what is off stays off");
}

fn off() -> Heard {
    Heard { on: Some(false), ..Heard::default() }
}

fn nothing_wrong(about: &str) -> serde_json::Map<String, Json> {
    [(format!("error:{about}"), Json::Null)].into_iter().collect()
}

fn reads(watts: f64) -> Heard {
    Heard { reading: Some(Reading::Watts(watts)), ..Heard::default() }
}

fn unread() -> Heard {
    Heard { reading: Some(Reading::Unknown), ..Heard::default() }
}

#[rstest]
#[case(Adapter::Tasmota, "", "stat/bois/scie/POWER", "OFF", off())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/STATE", r#"{"POWER":"OFF","Wifi":{}}"#, off())]
#[case(Adapter::Tasmota, "", "stat/bois/scie/POWER1", "OFF", off())]
#[case(Adapter::Tasmota, "1", "stat/bois/scie/POWER", "OFF", off())]
#[case(Adapter::Tasmota, "", "stat/bois/scie/RESULT", r#"{"POWER1":"OFF"}"#, off())]
#[case(Adapter::Tasmota, "1", "stat/bois/scie/RESULT", r#"{"POWER":"OFF"}"#, off())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/STATE", r#"{"POWER1":"OFF","POWER2":"ON"}"#, off())]
#[case::set_option_4(Adapter::Tasmota, "", "stat/bois/scie/POWER1", r#"{"POWER1":"OFF"}"#, off())]
#[case(Adapter::Tasmota, "2", "stat/bois/scie/RESULT", r#"{"POWER1":"ON"}"#, Heard::default())]
#[case(Adapter::Tasmota, "2", "stat/bois/scie/POWER", "ON", Heard::default())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":170}}"#,
    Heard { reading: Some(Reading::Watts(170.0)), ..Heard::default() })]
#[case(Adapter::Tasmota, "2", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":[1,42.5]}}"#,
    Heard { reading: Some(Reading::Watts(42.5)), ..Heard::default() })]
#[case(
    Adapter::Tasmota,
    "",
    "tele/bois/scie/SENSOR",
    r#"{"ENERGY":{"Power":"500","Current":3.1}}"#,
    reads(500.0)
)]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":null,"Current":3.1}}"#, unread())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":"much"}}"#, unread())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":1e9}}"#, unread())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":-2300}}"#, unread())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":-0.4}}"#, reads(0.0))]
#[case(Adapter::Tasmota, "2", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Power":[1,"42.5"]}}"#, reads(42.5))]
#[case(Adapter::Tasmota, "", "tele/bois/scie/SENSOR", r#"{"ENERGY":{"Current":3.1}}"#, Heard::default())]
#[case(Adapter::Shelly, "0", "bois/scie/status/switch:0", r#"{"id":0,"apower":null}"#, unread())]
#[case(Adapter::Shelly, "0", "bois/scie/status/switch:0", r#"{"id":0,"apower":"12"}"#, reads(12.0))]
#[case(Adapter::Esphome, "relay", "bois/scie/sensor/power/state", "nan", unread())]
#[case(Adapter::Esphome, "relay", "bois/scie/sensor/power/state", "", unread())]
#[case(Adapter::Tasmota, "", "tele/bois/scie/LWT", "Offline", Heard { online: Some(false), ..Heard::default() })]
#[case(Adapter::Tasmota, "", "tele/bois/scie-2/LWT", "Offline", Heard::default())]
#[case(Adapter::Shelly, "0", "bois/scie/status/switch:0", r#"{"id":0,"output":true,"apower":12.5}"#,
    Heard { on: Some(true), reading: Some(Reading::Watts(12.5)), settings: nothing_wrong("status"), ..Heard::default() })]
#[case(Adapter::Shelly, "0", "bois/scie/online", "false", Heard { online: Some(false), ..Heard::default() })]
#[case(Adapter::Shelly, "0", "etabli/rpc", r#"{"id":1,"result":{"output":true}}"#, Heard::default())]
#[case(Adapter::Esphome, "relay", "bois/scie/switch/relay/state", "ON", Heard { on: Some(true), ..Heard::default() })]
#[case(Adapter::Esphome, "relay", "bois/scie/sensor/power/state", "3.5", Heard { reading: Some(Reading::Watts(3.5)), ..Heard::default() })]
#[case(Adapter::Esphome, "relay", "bois/scie/status", "online", Heard { online: Some(true), ..Heard::default() })]
fn messages_say_what_the_table_says(
    #[case] adapter: Adapter,
    #[case] channel: &str,
    #[case] topic: &str,
    #[case] payload: &str,
    #[case] heard: Heard,
) {
    assert_eq!(plug(adapter, channel, None).hear(topic, payload.as_bytes(), false), heard);
}

#[test]
fn an_answer_of_shelly_is_known_by_its_number_and_its_place() {
    let plug = plug(Adapter::Shelly, "0", None);
    let answer = |number: u32| json!({ "id": number, "src": "shelly-1", "dst": "etabli/bois/scie", "result": { "output": false, "initial_state": "off" } });
    let said = answer(plug.number() + 1).to_string();
    let heard = plug.hear("etabli/bois/scie/rpc", said.as_bytes(), false);
    assert_eq!((heard.on, heard.settings["initial_state"].as_str()), (Some(false), Some("off")));
    for (place, number) in [
        ("etabli/bois/scie/rpc", plug.number() ^ 8),
        ("etabli/rpc", plug.number() + 1),
        ("etabli/tour/rpc", plug.number() + 1),
    ] {
        assert_eq!(
            plug.hear(place, answer(number).to_string().as_bytes(), false),
            Heard::default(),
            "{place}"
        );
    }
}

#[test]
fn a_full_topic_with_the_topic_first_is_spoken_and_heard() {
    let mut plug = plug(Adapter::Tasmota, "", None);
    plug.wiring.topic = "bois/scie/%prefix%".into();
    assert_eq!(told(&plug, true), [pair("bois/scie/cmnd/POWER", "ON")]);
    assert_eq!(plug.hear("bois/scie/stat/POWER", b"OFF", false).on, Some(false));
    assert_eq!(plug.hear("bois/scie/tele/LWT", b"Online", true).online, Some(true));
    assert_eq!(
        plug.hear("bois/scie/cmnd/POWER", b"ON", true).left_behind.as_deref(),
        Some("bois/scie/cmnd/POWER")
    );
    assert_eq!(plug.hear("stat/bois/scie/POWER", b"OFF", false), Heard::default());
}

#[test]
fn a_full_topic_that_is_not_the_one_staff_wrote_is_noticed() {
    let plug = plug(Adapter::Tasmota, "", None);
    let heard = plug.hear("bois/scie/tele/LWT", b"Online", true);
    assert_eq!(heard.settings["FullTopic"], "bois/scie/%prefix%/");
    assert_eq!((heard.online, heard.on), (None, None), "it is not there where it is asked");
    assert_eq!(plug.hear("bois/scie/tele/LWT", b"Offline", true), Heard::default());
}

#[test]
fn a_device_obeys_its_groups_and_its_fallback_topic_as_well() {
    let mut plug = plug(Adapter::Tasmota, "", None);
    assert_eq!(plug.orders(), ["cmnd/bois/scie/#", "cmnd/tasmotas/#"]);
    let settings = [
        ("stat/bois/scie/RESULT", r#"{"FullTopic":"%topic%/%prefix%/"}"#),
        ("stat/bois/scie/RESULT", r#"{"GroupTopic1":"bois"}"#),
        ("stat/bois/scie/RESULT", r#"{"GroupTopic2":"a/#/b"}"#),
        ("stat/bois/scie/STATUS6", r#"{"StatusMQT":{"MqttHost":"x","MqttClient":"DVES_123456"}}"#),
    ];
    for (topic, payload) in settings {
        plug.learn(plug.hear(topic, payload.as_bytes(), false).settings);
    }
    let orders = ["bois/cmnd/#", "cmnd/DVES_123456_fb/#", "cmnd/bois/#", "cmnd/bois/scie/#"];
    assert_eq!(plug.orders(), orders, "and nothing that a broker would hang up for");
}

#[test]
fn a_rule_that_is_on_and_a_rule_that_cannot_be_are_told() {
    let plug = plug(Adapter::Tasmota, "", None);
    let told = |payload: &str| plug.hear("stat/bois/scie/RESULT", payload.as_bytes(), false).settings;
    let long = format!(r#"{{"Rule1":{{"State":"ON","Once":"OFF","Rules":"{}"}}}}"#, "x".repeat(500));
    assert_eq!(told(&long)["Rule1"], "ON");
    assert_eq!(told(r#"{"Command":"Unknown","Input":"RULE2"}"#)["Rule2"], "Unknown");
    assert_eq!(told(r#"{"Timers":"ON","Timer1":{"Enable":1}}"#)["Timers"], "ON");
}

#[test]
fn retained_messages_say_who_is_there_and_what_was_left_behind_and_no_more() {
    let tasmota = plug(Adapter::Tasmota, "", None);
    assert_eq!(tasmota.hear("stat/bois/scie/POWER", b"ON", true), Heard::default());
    assert_eq!(tasmota.hear("tele/bois/scie/LWT", b"Online", true).online, Some(true));
    for (plug, topic) in [
        (tasmota.clone(), "cmnd/bois/scie/POWER"),
        (tasmota.clone(), "cmnd/bois/scie/power"),
        (tasmota.clone(), "cmnd/bois/scie/POWER0"),
        (tasmota.clone(), "cmnd/bois/scie/Backlog"),
        (tasmota.clone(), "cmnd/tasmotas/Power1"),
        (tasmota, "cmnd/bois/scie/POWER1"),
        (plug(Adapter::Tasmota, "2", None), "cmnd/bois/scie/POWER2"),
        (plug(Adapter::Tasmota, "2", None), "cmnd/bois/scie/POWER0"),
        (plug(Adapter::Shelly, "0", None), "bois/scie/rpc"),
        (plug(Adapter::Shelly, "0", None), "bois/scie/command/switch:0"),
        (plug(Adapter::Esphome, "relay", None), "bois/scie/switch/relay/command"),
    ] {
        assert_eq!(plug.hear(topic, b"ON", true).left_behind.as_deref(), Some(topic));
        assert_eq!(plug.hear(topic, b"ON", false), Heard::default(), "our own command comes back to us");
        assert_eq!(plug.hear(topic, b"", false).cleared.as_deref(), Some(topic));
        assert_eq!(plug.hear(topic, b"", true), Heard::default(), "nothing lies there");
    }
    for (plug, topic) in [
        (plug(Adapter::Tasmota, "2", None), "cmnd/bois/scie/POWER1"),
        (plug(Adapter::Tasmota, "", None), "cmnd/bois/scie/POWER2"),
        (plug(Adapter::Shelly, "0", None), "bois/scie/command/switch:1"),
    ] {
        assert_eq!(plug.hear(topic, b"ON", true), Heard::default(), "another relay's");
    }
    let esphome = plug(Adapter::Esphome, "relay", None);
    assert_eq!(esphome.hear("bois/scie/switch/relay/state", b"OFF", true).on, Some(false));
}

fn any_plug() -> impl Strategy<Value = Plug> {
    (0..Adapter::VARIANTS.len(), 0_u8..9, proptest::option::of(15_i32..3600)).prop_map(
        |(which, relay, lease)| {
            let adapter = Adapter::VARIANTS[which];
            let channel = match adapter {
                Adapter::Tasmota if relay == 0 => String::new(),
                Adapter::Tasmota | Adapter::Shelly => relay.to_string(),
                Adapter::Esphome => format!("relay_{relay}"),
            };
            plug(adapter, &channel, lease)
        },
    )
}

proptest! {
    #[test]
    fn nothing_that_comes_over_the_network_breaks_anything(
        plug in any_plug(),
        which in 0_usize..8,
        stranger in "[a-z/+#$]{0,30}",
        payload in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            r#"\{"(id|result|ENERGY|POWER|output|apower)":(\{"Power":(-?[0-9]{1,12}|\[\]|null|"x")\}|true|[0-9]{1,20}|"ON")\}"#
                .prop_map(String::into_bytes),
        ],
        retained in any::<bool>(),
    ) {
        let topic = plug.topics().get(which).map_or(stranger, |filter| filter.replace(['+', '#'], "RESULT"));
        let heard = plug.hear(&topic, &payload, retained);
        assert!(match heard.reading {
            Some(Reading::Watts(watts)) => (0.0..=100_000.0).contains(&watts),
            Some(Reading::Unknown) | None => true,
        }, "{heard:?}");
        if retained && plug.wiring.adapter != Adapter::Esphome {
            assert_eq!((heard.on, heard.reading), (None, None));
        }
        if !plug.listens(&topic) {
            assert_eq!(heard, Heard::default(), "{topic}");
        }
    }

    #[test]
    fn commands_go_to_topics_and_never_to_wildcards(plug in any_plug(), on in any::<bool>()) {
        assert!(topic::is_channel(plug.wiring.adapter, &plug.wiring.channel));
        for message in plug.switch(on).into_iter().chain(plug.ask()).chain(plug.ask_settings()) {
            assert!(!message.topic.contains(['#', '+']), "{}", message.topic);
            assert!(message.topic.contains("bois/scie/"), "{}", message.topic);
        }
        for topic in plug.topics() {
            let place = topic.trim_end_matches(['#', '+']);
            assert!(place.split('/').filter(|level| !level.is_empty()).count() > 1, "no filter is wider than one device");
            assert!(!place.contains(['#', '+']), "{topic}");
        }
    }

    #[test]
    fn what_is_a_topic_can_be_spoken_to(text in "[a-z0-9/+#$_. -]{0,40}") {
        if topic::is_topic(&text) {
            assert!(!text.contains(['#', '+', ' ', '\0']) && !text.starts_with(['/', '$']) && !text.ends_with('/'));
        }
    }
}
