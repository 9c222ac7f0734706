//! What others left on the broker: orders, and states of long ago.

use etabli::power::plugs::Adapter;
use rstest::rstest;

use super::{
    bench::{Bench, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
    somebody::Somebody,
};

/// How the house looks for orders that were left while it listened, plus a little.
const SEARCH: f64 = 15.5;

/// How often it was written down that an order was found.
async fn found(bench: &Bench) -> usize {
    bench.events().await.iter().filter(|event| *event == "retained_command").count()
}

#[tokio::test]
async fn an_old_command_left_on_the_broker_is_taken_away_and_undone() {
    let broker = Broker::up();
    let somebody = Somebody::on(broker.port);
    somebody.leaves("cmnd/bois/scie/POWER", "ON").await;
    let bench = Bench::with(Adapter::Tasmota, broker).await;
    bench.until_event("retained_command").await;
    somebody.finds_nothing_more("cmnd/#").await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("off", |seen| seen.online && seen.on == Some(false)).await;
    assert!(!plug.was_told_by_retained_messages());
    assert_eq!(found(&bench).await, 1);
}

#[rstest]
#[case(Adapter::Tasmota, "cmnd/bois/scie/POWER", "ON")]
#[case(Adapter::Tasmota, "cmnd/bois/scie/POWER1", "ON")]
#[case::in_small_letters(Adapter::Tasmota, "cmnd/bois/scie/power", "ON")]
#[case::all_relays(Adapter::Tasmota, "cmnd/bois/scie/POWER0", "ON")]
#[case::several_commands(Adapter::Tasmota, "cmnd/bois/scie/Backlog", "Delay 20; POWER ON")]
#[case::its_group(Adapter::Tasmota, "cmnd/ateliers/POWER", "ON")]
#[case::its_fallback_topic(Adapter::Tasmota, "cmnd/DVES_51A1ED_fb/POWER", "ON")]
#[case(Adapter::Shelly, "bois/scie/rpc", r#"{"id":9,"method":"Switch.Set","params":{"id":0,"on":true}}"#)]
#[case(Adapter::Shelly, "bois/scie/command/switch:0", "on")]
#[case(Adapter::Esphome, "bois/scie/switch/relay/command", "ON")]
#[tokio::test]
async fn a_command_that_is_left_while_the_house_listens_is_taken_away_when_the_plug_comes_back(
    #[case] adapter: Adapter,
    #[case] topic: &str,
    #[case] payload: &str,
) {
    let bench = Bench::with(adapter, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, adapter, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    plug.vanish();
    bench.until("offline", |seen| !seen.online).await;
    let somebody = Somebody::on(bench.broker.port);
    somebody.leaves(topic, payload).await;
    let plug = Gadget::boot(bench.broker.port, adapter, Mood::Obedient, false);
    bench.until_event("retained_command").await;
    somebody.finds_nothing_more(topic).await;
    bench.until("off", |seen| seen.online && seen.on == Some(false)).await;
    assert!(!plug.relay());
    assert_eq!(found(&bench).await, 1);
}

#[tokio::test]
async fn a_command_that_is_left_is_found_though_the_plug_stays_where_it_is() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    let somebody = Somebody::on(bench.broker.port);
    somebody.leaves("cmnd/bois/scie/POWER", "ON").await;
    bench.until_event("on_without_session").await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert_eq!(somebody.finds("cmnd/#").await.len(), 1, "a listener is not told that it lies there");
    seconds(SEARCH).await;
    bench.until_event("retained_command").await;
    somebody.finds_nothing_more("cmnd/#").await;
    // The same again is news again.
    somebody.leaves("cmnd/bois/scie/POWER", "ON").await;
    seconds(SEARCH).await;
    somebody.finds_nothing_more("cmnd/#").await;
    assert_eq!(found(&bench).await, 2);
    assert!(!plug.was_told_by_retained_messages());
}

#[tokio::test]
async fn a_state_of_a_device_that_is_gone_says_nothing() {
    let broker = Broker::up();
    let somebody = Somebody::on(broker.port);
    somebody.leaves("bois/scie/status", "offline").await;
    somebody.leaves("bois/scie/switch/relay/state", "ON").await;
    somebody.leaves("bois/scie/sensor/power/state", "900").await;
    let bench = Bench::with(Adapter::Esphome, broker).await;
    seconds(1.0).await;
    assert!(bench.observed().await.is_none_or(|seen| !seen.online && seen.on.is_none()));
    // It comes back: first its birth, then its state.
    somebody.leaves("bois/scie/status", "online").await;
    bench.until("there", |seen| seen.online).await;
    somebody.leaves("bois/scie/switch/relay/state", "OFF").await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert_eq!(bench.events().await, ["plug_off"]);
}

#[tokio::test]
async fn a_state_beside_the_status_of_a_device_that_is_there_is_believed() {
    let broker = Broker::up();
    let somebody = Somebody::on(broker.port);
    somebody.leaves("bois/scie/switch/relay/state", "ON").await;
    somebody.leaves("bois/scie/status", "online").await;
    let bench = Bench::with(Adapter::Esphome, broker).await;
    bench.until_event("on_without_session").await;
    somebody.says("bois/scie/switch/relay/state", "OFF").await;
    bench.until("off", |seen| seen.online && seen.on == Some(false)).await;
}
