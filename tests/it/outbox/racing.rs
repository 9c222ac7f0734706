//! Several workers over one outbox, and workers that die.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use etabli::outbox::{Mailer, mailer::Undelivered, message::Parcel};
use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};
use tokio::{sync::watch, time::sleep};

use super::office::{Office, courier, courier_with, message_ids, note, round};

#[tokio::test]
async fn two_workers_send_each_letter_once() {
    let office = Office::open();
    for _ in 0..60 {
        office.post(note()).await;
    }
    let (one, two) = (courier(&office.app), courier(&office.app));
    let mut sent = 0;
    while office.letters().await.iter().any(|letter| letter.state == "waiting") {
        let rounds = join_all([round(&one), round(&two)]).await;
        sent += rounds.iter().map(|round| round.sent).sum::<u64>();
    }
    assert_eq!(sent, 60);
    let mut ids = message_ids(&office.server.received());
    assert_eq!(ids.len(), 60);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 60);
}

/// A mailer that takes for ever, and counts what it was given.
#[derive(Default)]
struct Stuck(AtomicU64);

impl Mailer for Stuck {
    fn send<'a>(&'a self, _: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        pending().boxed()
    }
}

#[tokio::test]
async fn the_letters_of_a_worker_that_dies_go_to_another() {
    let office = Office::open();
    office.post(note()).await;
    let stuck = Arc::new(Stuck::default());
    let dying = courier_with(&office.app, stuck.clone());
    let death = tokio::spawn(async move { round(&dying).await });
    while stuck.0.load(Ordering::SeqCst) == 0 {
        sleep(Duration::from_millis(5)).await;
    }
    death.abort();

    office.pass(TimeDelta::seconds(119));
    assert_eq!(office.round().await.sent, 0, "it may still be alive");
    office.pass(TimeDelta::seconds(1));
    assert_eq!(office.round().await.sent, 1);
    assert_eq!(office.letter().await.attempts, 2);
}

#[tokio::test]
async fn a_worker_told_to_stop_gives_back_what_it_took() {
    let office = Office::open();
    office.post(note()).await;
    let (stop, stopped) = watch::channel(false);
    stop.send(true).unwrap();
    let courier = courier(&office.app);
    assert_eq!(courier.round(&stopped).await.unwrap().sent, 0);
    let letter = office.letter().await;
    assert_eq!((letter.state.as_str(), letter.attempts), ("waiting", 0));
    assert_eq!(office.round().await.sent, 1, "at once: its claim is gone");
}

#[tokio::test]
async fn a_bell_brings_the_worker_before_its_time() {
    let office = Office::open();
    let (stop, stopped) = watch::channel(false);
    let courier = courier(&office.app);
    let at_work = tokio::spawn(async move { courier.run(stopped).await });
    sleep(Duration::from_millis(300)).await;
    office.post(note()).await;
    office.app.bell.ring();
    sleep(Duration::from_millis(900)).await;
    assert_eq!(office.server.received().len(), 1, "without the bell it would look every two seconds");
    stop.send(true).unwrap();
    at_work.await.unwrap();
}
