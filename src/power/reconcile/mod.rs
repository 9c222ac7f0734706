//! Makes plugs follow what should be: woken by a nudge and by a timer, it compares and speaks.
//!
//! Read in this order: [`decide`] (pure: what to do next with one plug), `hand` (what is known of one plug), `round`
//! (all of them), `leaving` (those that were taken away), `hearing` (what the broker says), `lines` and `record`
//! (what is written down, without anybody waiting for it).
//!
//! Invariants: a state older than the last command says nothing about what became of it: after a command a relay is
//! unknown until the plug speaks. A start is tried for a few seconds after it was meant and never later, however long
//! the plug was away. A stop is tried until a newer word says "off", whatever presence says, and for ever. A plug that went off in the middle of a session is not switched on again for it. One
//! instance at a time speaks with the plugs.

pub mod decide;

mod hand;
mod hearing;
mod leaving;
mod lines;
mod record;
mod round;
mod show;

use std::time::Duration;

use chrono::TimeDelta;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant as Tick, MissedTickBehavior, interval, timeout},
};

use self::round::Round;
use super::{
    mqtt::{Broker, Said, link},
    plugs::store::{self, Keeper},
};
use crate::{app::App, kernel::Id};

/// How often plugs are looked at.
const LOOK: Duration = Duration::from_millis(250);
/// How often the database is asked without a nudge.
const READ: Duration = Duration::from_secs(1);
/// How often somebody may have left a command on the broker before that is looked for.
const SEARCH: Duration = Duration::from_secs(15);
/// How long the right to speak is taken for, and how often it is renewed.
const HELD: TimeDelta = TimeDelta::seconds(15);
const RENEWED: Duration = Duration::from_secs(5);
/// How long the database may keep plugs waiting.
const PATIENCE: Duration = Duration::from_secs(2);

/// Speaks with the plugs until it is told to stop.
pub async fn run(app: App, broker: Broker, mut stopped: watch::Receiver<bool>) {
    let me: Id<Keeper> = Id::new();
    while !*stopped.borrow() {
        if held(&app, me).await == Some(true) {
            keep(&app, &broker, me, &mut stopped).await;
        } else {
            tokio::select! {
                _ = stopped.changed() => {}
                () = tokio::time::sleep(RENEWED) => {}
            }
        }
    }
    give_up(&app, me).await;
}

/// Speaks with the plugs as long as nobody else does.
async fn keep(app: &App, broker: &Broker, me: Id<Keeper>, stopped: &mut watch::Receiver<bool>) {
    let (name, presence) = (format!("etabli-{}", me.uuid().simple()), show::presence(app));
    let (mut told, connection) = link::connect(broker.clone(), name, presence);
    let mut round = Round::new(app.clone());
    let mut timer = interval(LOOK);
    timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut read, mut renewed, mut sure) = (None::<Tick>, Tick::now(), Tick::now());
    let mut searched = Tick::now();
    loop {
        let nudged = tokio::select! {
            _ = stopped.changed() => break,
            () = app.power.rung() => true,
            _ = timer.tick() => false,
            said = told.recv() => {
                hear(&mut round, said, &mut told);
                false
            }
        };
        if renewed.elapsed() > RENEWED {
            renewed = Tick::now();
            match held(app, me).await {
                Some(true) => sure = Tick::now(),
                Some(false) => break,
                // A database that does not answer lets nobody else speak either: what is known is still switched off in
                // time.
                None => {}
            }
        }
        if nudged || read.is_none_or(|read| read.elapsed() > READ) {
            read = Some(Tick::now());
            if timeout(PATIENCE, round.read()).await.is_err() {
                tracing::warn!(silent_for = ?sure.elapsed(), "the database does not tell what plugs should do");
            }
        }
        if searched.elapsed() > SEARCH {
            searched = Tick::now();
            round.search_all();
        }
        round.look();
    }
    round.leave();
    // What was said last goes out before the connection is cut.
    tokio::time::sleep(Duration::from_millis(50)).await;
    connection.abort();
    round.book.close(PATIENCE).await;
}

/// Everything that has arrived.
fn hear(round: &mut Round, first: Option<Said>, told: &mut mpsc::Receiver<Said>) {
    let mut next = first;
    while let Some(said) = next {
        round.hear(said);
        next = told.try_recv().ok();
    }
}

/// Whether it is this instance that speaks; nothing where the database does not tell.
async fn held(app: &App, me: Id<Keeper>) -> Option<bool> {
    let now = app.now();
    let held = timeout(PATIENCE, app.store.write(move |db| store::hold(db, me, now + HELD, now))).await;
    match held {
        Ok(Ok(held)) => Some(held),
        Ok(Err(error)) => {
            tracing::error!(?error, "who speaks with the plugs cannot be told");
            None
        }
        Err(_) => None,
    }
}

async fn give_up(app: &App, me: Id<Keeper>) {
    let now = app.now();
    // The right ends by itself a little later.
    let _ = app.store.write(move |db| store::hold(db, me, now, now)).await;
}
