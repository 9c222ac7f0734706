//! Plugs and brokers that go away.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use chrono::TimeDelta;
use etabli::power::{Fault, plugs::Adapter};

use super::{
    bench::{Bench, seconds},
    broker::Broker,
    gadget::{Gadget, Mood},
};

#[tokio::test]
async fn a_plug_that_vanishes_in_a_session_is_seen_and_never_restarted() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    plug.vanish();
    bench.until_event("offline_in_session").await;
    bench.until("offline", |seen| !seen.online && seen.on.is_none()).await;
    // It had a power cut, and is off as it must be.
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("a fault", |seen| seen.fault == Some(Fault::OffInSession)).await;
    seconds(1.0).await;
    assert!(!plug.commands().contains(&true), "after a power cut outputs are off");
}

#[tokio::test]
async fn a_plug_that_comes_back_running_goes_on() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    plug.vanish();
    bench.until("offline", |seen| !seen.online).await;
    // Only the network was away.
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, true);
    bench.until("on again", |seen| seen.online && seen.on == Some(true)).await;
    seconds(0.6).await;
    assert!(plug.relay() && plug.commands().is_empty(), "{:?}", plug.commands());
    assert_eq!(bench.observed().await.unwrap().fault, None);
}

#[tokio::test]
async fn a_start_that_was_meant_while_the_broker_was_away_is_never_done_later() {
    let mut bench = Bench::with(Adapter::Tasmota, Broker::down()).await;
    bench.session().await;
    seconds(0.5).await;
    bench.world.clock.advance(TimeDelta::seconds(6));
    bench.broker.start();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("a fault", |seen| seen.online && seen.fault == Some(Fault::NoAnswer)).await;
    seconds(0.6).await;
    assert!(!plug.commands().contains(&true), "{:?}", plug.commands());
}

#[tokio::test]
async fn a_stop_that_was_meant_while_the_broker_was_away_is_done_when_it_is_back() {
    let mut bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    bench.broker.stop();
    bench.until_event("offline_in_session").await;
    drop(plug);
    bench.nobody().await;
    bench.broker.start();
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, true);
    bench.until("off", |seen| seen.online && seen.on == Some(false)).await;
    assert!(!plug.relay());
}

#[tokio::test]
async fn a_stop_waits_for_no_database_that_does_not_write() {
    let bench = Bench::with(Adapter::Tasmota, Broker::up()).await;
    let plug = Gadget::boot(bench.broker.port, Adapter::Tasmota, Mood::Obedient, false);
    bench.until("there", |seen| seen.on == Some(false)).await;
    bench.session().await;
    bench.until("on", |seen| seen.on == Some(true)).await;
    // Whoever writes is held up: on SQLite the one writer, on PostgreSQL all but one of four.
    let (let_go, held) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    for _ in 0..3 {
        let (store, let_go, held) = (bench.world.app.store.clone(), let_go.clone(), held.clone());
        let stalled = move |_: &mut _| {
            held.store(true, Ordering::Release);
            while !let_go.load(Ordering::Acquire) {
                thread::sleep(Duration::from_millis(10));
            }
            Ok(())
        };
        tokio::spawn(async move { store.write(stalled).await });
    }
    while !held.load(Ordering::Acquire) {
        seconds(0.01).await;
    }
    plug.draws(900.0);
    seconds(0.5).await;
    bench.world.clock.advance(TimeDelta::minutes(31));
    let began = tokio::time::Instant::now();
    while plug.relay() && began.elapsed() < Duration::from_secs(8) {
        seconds(0.02).await;
    }
    let off = !plug.relay();
    let_go.store(true, Ordering::Release);
    assert!(off, "the session is over, and the plug is on");
    // What was said meanwhile is written once somebody writes again.
    bench.until("written late", |seen| seen.watts == Some(900.0) && seen.on == Some(false)).await;
}
