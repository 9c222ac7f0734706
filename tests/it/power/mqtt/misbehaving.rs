//! Plugs that do not do as they are told, and what others left on the broker.

use etabli::power::{Fault, plugs::Adapter};
use rstest::rstest;

use super::{
    bench::{Bench, eventually, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
};

#[rstest]
#[case(Mood::Deaf)]
#[case(Mood::Stuck)]
#[tokio::test]
async fn a_plug_that_does_not_do_it_is_told_twice_and_then_a_fault(#[case] mood: Mood) {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, mood, false);
    bench.until("there", |seen| seen.online).await;
    plug.press(false);
    bench.until("off", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until_event("no_answer").await;
    bench.until("a fault", |seen| seen.fault == Some(Fault::NoAnswer)).await;
    let starts = plug.commands().iter().filter(|on| **on).count();
    assert_eq!(starts, 2, "{:?}", plug.commands());
    // Now it does, much too late: whoever badged has gone.
    plug.press(true);
    eventually("told to go off", async || plug.commands().last() == Some(&false)).await;
    assert_eq!(plug.commands().iter().filter(|on| **on).count(), 2);
}

#[tokio::test]
async fn the_next_session_may_try_again_after_a_fault() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let deaf = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Deaf, false);
    bench.until("there", |seen| seen.online).await;
    bench.session().await;
    bench.until("a fault", |seen| seen.fault == Some(Fault::NoAnswer)).await;
    deaf.vanish();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("back", |seen| seen.online && seen.on == Some(false)).await;
    assert!(plug.since_its_start().is_empty(), "not for a session that went wrong");
    bench.session().await;
    bench.until("on without a fault", |seen| seen.on == Some(true) && seen.fault.is_none()).await;
}

#[tokio::test]
async fn power_that_comes_back_by_itself_is_switched_off_and_seen() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, true);
    bench.until_event("on_without_session").await;
    bench.until("off", |seen| seen.on == Some(false)).await;
    assert!(!plug.relay());
    assert_eq!(plug.since_its_start(), [] as [bool; 0]);
}

#[tokio::test]
async fn a_plug_that_will_not_go_off_is_a_fault_that_people_see() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Deaf, true);
    bench.until("there", |seen| seen.online).await;
    plug.press(true);
    bench.until("a fault", |seen| seen.fault == Some(Fault::OnWithoutSession)).await;
    bench.until_event("will_not_go_off").await;
    assert_eq!(plug.commands(), [false, false]);
}

#[tokio::test]
async fn the_button_on_a_plug_ends_a_session_and_starts_none() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    plug.press(false);
    bench.until("a fault", |seen| seen.fault == Some(Fault::OffInSession)).await;
    bench.until_event("off_in_session").await;
    seconds(2.5).await;
    assert_eq!(plug.since_its_start(), [true], "nobody starts a machine while somebody reaches into it");
    plug.press(true);
    eventually("off again", async || !plug.relay()).await;
}
