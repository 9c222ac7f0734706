//! Plugs without a broker.

use rstest::rstest;
use serde_json::{Value as Json, json};

use super::{Make, Plug, Says};

fn payload_of<'a>(said: &'a [Says], topic: &str) -> &'a str {
    let found = said.iter().find(|says| says.topic == topic);
    &found.unwrap_or_else(|| panic!("nothing on {topic}: {said:?}")).payload
}

#[rstest]
#[case(Make::Tasmota, "cmnd/t/POWER", "ON", "stat/t/POWER", "ON")]
#[case(Make::Esphome, "t/switch/relay/command", "ON", "t/switch/relay/state", "ON")]
fn a_plug_does_as_it_is_told_and_says_so(
    #[case] make: Make,
    #[case] told: &str,
    #[case] word: &str,
    #[case] state: &str,
    #[case] says: &str,
) {
    let mut plug = Plug::new(make, "t", 120.0);
    assert!(plug.watts() < 1.0);
    let said = plug.hear(0, told, word);
    assert_eq!(payload_of(&said, state), says);
    assert!(plug.is_on() && plug.watts() > 119.0);
    plug.hear(0, told, "OFF");
    assert!(!plug.is_on());
}

#[test]
fn a_shelly_answers_whoever_asked_and_says_its_state() {
    let mut plug = Plug::new(Make::Shelly, "t", 120.0);
    let call =
        json!({ "id": 7, "src": "etabli/t", "method": "Switch.Set", "params": { "id": 0, "on": true } });
    let said = plug.hear(0, "t/rpc", &call.to_string());
    let answer: Json = serde_json::from_str(payload_of(&said, "etabli/t/rpc")).unwrap();
    assert_eq!((&answer["id"], &answer["result"]["was_on"]), (&json!(7), &json!(false)));
    let status: Json = serde_json::from_str(payload_of(&said, "t/status/switch:0")).unwrap();
    assert_eq!((&status["output"], &status["apower"]), (&json!(true), &json!(120.0)));
    let said = plug.hear(0, "t/rpc", r#"{"id":8,"src":"etabli/t","method":"Dance"}"#);
    assert!(payload_of(&said, "etabli/t/rpc").contains("error"));
    assert_eq!(plug.hear(0, "t/rpc", "nonsense"), []);
}

#[test]
fn a_lease_that_is_not_renewed_runs_out() {
    let mut tasmota = Plug::new(Make::Tasmota, "t", 120.0);
    tasmota.hear(0, "cmnd/t/PulseTime1", "130");
    tasmota.hear(0, "cmnd/t/POWER", "ON");
    tasmota.hear(20_000, "cmnd/t/POWER", "ON");
    tasmota.pass(49_999);
    assert!(tasmota.is_on());
    assert_eq!(payload_of(&tasmota.pass(50_000), "stat/t/POWER"), "OFF");
    let mut shelly = Plug::new(Make::Shelly, "t", 120.0);
    let on =
        json!({ "id": 1, "src": "e", "method": "Switch.Set", "params": { "on": true, "toggle_after": 30 } });
    shelly.hear(0, "t/rpc", &on.to_string());
    shelly.pass(30_000);
    assert!(!shelly.is_on());
}

#[test]
fn watts_are_told_every_ten_seconds_and_settings_when_asked() {
    let mut plug = Plug::new(Make::Tasmota, "t", 120.0);
    plug.press();
    assert_eq!(plug.pass(9_999), []);
    assert_eq!(
        payload_of(&plug.pass(10_000), "tele/t/SENSOR"),
        r#"{"ENERGY":{"Power":120.0,"Voltage":230}}"#
    );
    assert_eq!(plug.pass(10_001), []);
    let said = plug.hear(0, "cmnd/t/PowerOnState", "");
    assert_eq!(payload_of(&said, "stat/t/RESULT"), r#"{"PowerOnState":0}"#);
}
