//! What was known before a command says nothing about what became of it, and presence is no gate for a stop.

use etabli::power::{Fault, plugs::Adapter};
use rstest::rstest;
use serde_json::{Value as Json, json};

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
    somebody::Somebody,
};

/// The word that people see.
async fn word(bench: &Bench) -> Json {
    bench.world.stranger().get("machines/scie/power").await.expect(200)["state"].clone()
}

async fn there(adapter: Adapter, mood: Mood) -> (Bench, Gadget) {
    let bench = Bench::with(adapter, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, adapter, mood, false);
    bench.until("there", |seen| seen.online).await;
    plug.says();
    bench.until("off", |seen| seen.on == Some(false)).await;
    (bench, plug)
}

#[rstest]
#[case::notifications_off(Adapter::Shelly)]
#[case::its_one_word_lost(Adapter::Esphome)]
#[case::tele_period_0(Adapter::Tasmota)]
#[tokio::test]
async fn a_start_that_was_given_up_is_undone_and_no_older_word_makes_it_free(#[case] adapter: Adapter) {
    let (bench, plug) = there(adapter, Mood::Mute).await;
    bench.session().await;
    eventually("on, and nobody knows", async || plug.relay()).await;
    bench.until("unknown", |seen| seen.on.is_none() && seen.online).await;
    bench.until("given up", |seen| seen.fault == Some(Fault::NoAnswer)).await;
    eventually("off", async || !plug.relay()).await;
    bench.nobody().await;
    // It does not say that it is off, so that is not believed; it may have been switched on meanwhile.
    plug.turns(true);
    seconds(1.0).await;
    assert_eq!(bench.observed().await.unwrap().fault, Some(Fault::NoAnswer));
    assert_ne!(word(&bench).await, "free");
    eventually("told again", async || !plug.relay()).await;
    plug.says();
    bench.until("free of its fault", |seen| seen.on == Some(false) && seen.fault.is_none()).await;
    assert_eq!(word(&bench).await, "free");
}

#[rstest]
#[case(Adapter::Shelly)]
#[case(Adapter::Tasmota)]
#[tokio::test]
async fn a_plug_that_says_nothing_by_itself_is_asked_after_each_command(#[case] adapter: Adapter) {
    let (bench, plug) = there(adapter, Mood::Asked).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    assert!(plug.relay());
    bench.nobody().await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
    assert_eq!(plug.since_its_start(), [true, false]);
}

#[rstest]
#[case(Adapter::Shelly)]
#[case(Adapter::Esphome)]
#[case(Adapter::Tasmota)]
#[tokio::test]
async fn a_plug_that_is_taken_away_is_switched_off_first_whatever_was_known(#[case] adapter: Adapter) {
    let (bench, plug) = there(adapter, Mood::Mute).await;
    plug.turns(true);
    let staff = bench.world.member("tech").staff().await;
    staff.delete(&format!("plugs/{}", bench.plug)).await.expect(204);
    eventually("off", async || !plug.relay()).await;
    // It did not say so.
    plug.turns(true);
    seconds(1.0).await;
    assert!(plug.relay());
    eventually("off again", async || !plug.relay()).await;
    plug.says();
    seconds(1.0).await;
    let told = plug.commands().len();
    seconds(10.5).await;
    assert_eq!(plug.commands().len(), told, "whoever said that it is off is left alone");
}

#[tokio::test]
async fn a_plug_that_is_taken_away_while_the_broker_is_away_is_switched_off_when_it_is_back() {
    let mut bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.broker.stop();
    bench.until("away", |seen| !seen.online).await;
    drop(plug);
    let staff = bench.world.member("tech").staff().await;
    staff.delete(&format!("plugs/{}", bench.plug)).await.expect(204);
    seconds(1.5).await;
    bench.broker.start();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, true);
    eventually("off", async || !plug.relay()).await;
}

#[rstest]
#[case(Adapter::Shelly, "bois/scie/online", "false")]
#[case(Adapter::Esphome, "bois/scie/status", "offline")]
#[case(Adapter::Tasmota, "tele/bois/scie/LWT", "Offline")]
#[tokio::test]
async fn a_plug_that_is_believed_away_is_switched_off_all_the_same(
    #[case] adapter: Adapter,
    #[case] place: &str,
    #[case] word: &str,
) {
    let bench = Bench::with(adapter, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, adapter, Mood::Mute, false);
    bench.until("there", |seen| seen.online).await;
    bench.session().await;
    plug.says();
    eventually("on", async || plug.relay()).await;
    plug.says();
    bench.until("on", |seen| seen.on == Some(true)).await;
    // A will that is late, and stays there.
    Somebody::on(bench.broker.port).leaves(place, word).await;
    bench.until("believed away", |seen| !seen.online).await;
    bench.nobody().await;
    eventually("off", async || !plug.relay()).await;
    // Off is said again and again: it did not answer.
    plug.turns(true);
    eventually("off again", async || !plug.relay()).await;
    plug.says();
    bench.until("an answer proves that it is there", |seen| seen.online && seen.on == Some(false)).await;
}

#[tokio::test]
async fn whoever_is_said_to_be_gone_is_asked_and_its_answer_counts() {
    let (bench, plug) = there(Adapter::Tasmota, Mood::Obedient).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    Somebody::on(bench.broker.port).says("tele/bois/scie/LWT", "Offline").await;
    bench.until_event("offline_in_session").await;
    bench.until("there after all", |seen| seen.online && seen.on == Some(true)).await;
    assert!(plug.relay());
    assert_eq!(plug.since_its_start(), [true], "it goes on");
}

#[tokio::test]
async fn a_new_plug_shows_nothing_of_the_one_before_it() {
    let (bench, _plug) = there(Adapter::Tasmota, Mood::Obedient).await;
    let staff = bench.world.member("tech").staff().await;
    let path = format!("plugs/{}", bench.plug);
    assert_eq!(staff.get(&path).await.expect(200)["power"]["online"], true);
    let elsewhere = staff.patch(&path, json!({ "topic": "nobody/was/ever/here" })).await.expect(200);
    assert_eq!(elsewhere["power"], Json::Null);
    seconds(1.0).await;
    assert_eq!(staff.get(&path).await.expect(200)["power"]["on"], Json::Null);
    staff.delete(&path).await.expect(204);
    let wish = json!({ "machine": "scie", "adapter": "shelly", "topic": "nobody/either" });
    let new = staff.post("plugs", wish).await.expect(201);
    assert_eq!(new["power"], Json::Null);
    seconds(1.0).await;
    let seen = staff.get(&format!("plugs/{}", new["id"].as_str().unwrap())).await.expect(200);
    assert_ne!(seen["power"]["online"], true);
    assert_eq!(word(&bench).await, "offline");
}

#[tokio::test]
async fn a_plug_that_flaps_does_not_fill_the_log() {
    let (bench, plug) = there(Adapter::Tasmota, Mood::Mute).await;
    for turn in 0..120 {
        plug.press(turn % 2 == 0);
        seconds(0.02).await;
    }
    seconds(1.0).await;
    let lines = bench.events().await.len();
    assert!((2..=12).contains(&lines), "{lines} lines");
}

#[tokio::test]
async fn a_fault_is_over_for_people_when_the_next_session_begins() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Deaf, true);
    bench.until("there", |seen| seen.online).await;
    plug.says();
    bench.until("a fault", |seen| seen.fault == Some(Fault::OnWithoutSession)).await;
    bench.session().await;
    bench.until("no fault", |seen| seen.fault.is_none()).await;
    plug.says();
    bench.until("on", |seen| seen.on == Some(true) && seen.fault.is_none()).await;
}
