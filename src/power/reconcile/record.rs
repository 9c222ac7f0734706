//! What is written down: observations, and events with them.
//!
//! Whoever speaks with the plugs never waits for it: a stop must not wait for a database. What is to be written stands
//! in a queue, in its order, and somebody else writes it as soon as the database lets them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::{Map, Value as Json, json};
use tokio::{sync::Notify, task::JoinHandle, time::timeout};

use super::hand::Hand;
use crate::{
    app::App,
    kernel::{Instant, MachineId, PlugId, PowerSessionId, Result},
    power::{
        Observation, log, observe,
        plugs::{Plug, Wiring, store},
    },
    store::Db,
};

/// So much waits at most: half an hour of twenty plugs that tell their watts every ten seconds.
const MOST: usize = 4096;
/// After what could not be written, so long until it is tried again.
const PAUSE: Duration = Duration::from_secs(1);
/// What is refused so often while the database answers others is given up.
const TRIES: u32 = 3;

/// A plug where it was found: a word that is written late must not be told as another one's.
type Which = (PlugId, Wiring);

/// Something to be written.
#[derive(Debug, Clone)]
enum Entry {
    /// What is known of a plug's machine, and what happened if something did.
    Seen(Seen),
    /// What a plug said of its settings.
    Settings(Which, Map<String, Json>, Instant),
}

#[derive(Debug, Clone)]
struct Seen {
    plug: Which,
    machine: MachineId,
    session: Option<PowerSessionId>,
    known: Observation,
    happened: Option<(&'static str, Json)>,
    /// How many events before this one were not written, because there were too many.
    untold: u32,
    now: Instant,
}

/// Takes what is to be written.
pub(super) struct Book {
    page: Arc<Page>,
    writer: JoinHandle<()>,
}

/// What waits, and whether there is more to come.
#[derive(Default)]
struct Page {
    waiting: Mutex<(VecDeque<Entry>, bool)>,
    more: Notify,
}

impl Book {
    /// An empty one, and somebody who writes.
    pub(super) fn open(app: &App) -> Self {
        let page = Arc::new(Page::default());
        Self { page: page.clone(), writer: tokio::spawn(write(app.clone(), page)) }
    }

    /// Keeps what is known of a plug's machine, and what happened if something did.
    pub(super) fn keep(&self, hand: &mut Hand, happened: Option<(&'static str, Json)>, now: Instant) {
        let line = happened.as_ref().and_then(|_| hand.lines.next(now));
        let (happened, untold) = (happened.filter(|_| line.is_some()), line.unwrap_or(0));
        let (machine, session, known) = (hand.plug.machine, hand.session(), hand.seen());
        let plug = (hand.plug.id, hand.plug.wiring.clone());
        self.page.put(Entry::Seen(Seen { plug, machine, session, known, happened, untold, now }));
    }

    /// Keeps what a plug said of its settings.
    pub(super) fn keep_settings(&self, plug: &Plug, now: Instant) {
        let of = (plug.id, plug.wiring.clone());
        self.page.put(Entry::Settings(of, plug.settings.clone(), now));
    }

    /// Writes what waits, as long as that takes no longer than `patience`.
    pub(super) async fn close(&mut self, patience: Duration) {
        self.page.waiting().1 = true;
        self.page.more.notify_one();
        if timeout(patience, &mut self.writer).await.is_err() {
            tracing::error!(
                lost = self.page.waiting().0.len(),
                "what plugs said last could not be written down"
            );
        }
    }
}

impl Drop for Book {
    fn drop(&mut self) {
        self.writer.abort();
    }
}

impl Page {
    fn waiting(&self) -> MutexGuard<'_, (VecDeque<Entry>, bool)> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an entry at the end; where too much waits, the oldest that tells of no event makes room for it.
    fn put(&self, entry: Entry) {
        let (waiting, _) = &mut *self.waiting();
        if waiting.len() >= MOST {
            let plain = |entry: &Entry| matches!(entry, Entry::Seen(seen) if seen.happened.is_none());
            waiting.remove(waiting.iter().position(plain).unwrap_or(0));
            metrics::counter!("etabli_plug_words_lost_total").increment(1);
        }
        waiting.push_back(entry);
        self.more.notify_one();
    }

    /// The first that waits; nothing when there is no more to come.
    async fn first(&self) -> Option<Entry> {
        loop {
            {
                let (waiting, over) = &mut *self.waiting();
                match waiting.pop_front() {
                    Some(first) => return Some(first),
                    None if *over => return None,
                    None => {}
                }
            }
            self.more.notified().await;
        }
    }
}

/// Writes one after the other, until there is no more to come.
async fn write(app: App, page: Arc<Page>) {
    while let Some(entry) = page.first().await {
        let mut tries = 0;
        while let Err(error) = keep(&app, entry.clone()).await {
            tracing::error!(?error, "what plugs say cannot be written down");
            tries += 1;
            if tries >= TRIES && app.store.read(|db| store::list(db).map(drop)).await.is_ok() {
                metrics::counter!("etabli_plug_words_lost_total").increment(1);
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn keep(app: &App, entry: Entry) -> Result<()> {
    app.store.write(move |db| put(db, &entry)).await
}

fn put(db: &mut Db, entry: &Entry) -> Result<()> {
    match entry {
        Entry::Settings(plug, settings, now) if is_there(db, plug)? => {
            store::keep_settings(db, plug.0, settings, *now)
        }
        Entry::Settings(..) => Ok(()),
        Entry::Seen(of) => {
            if is_there(db, &of.plug)? {
                observe(db, of.machine, of.known, of.now)?;
            }
            of.happened.as_ref().map_or(Ok(()), |happened| log::append(db, event(of, happened)))
        }
    }
}

fn is_there(db: &mut Db, (plug, wiring): &Which) -> Result<bool> {
    Ok(store::find(db, *plug)?.is_some_and(|plug| plug.wiring == *wiring))
}

fn event(of: &Seen, (kind, more): &(&'static str, Json)) -> log::Event {
    let Seen { machine, session, known, untold, now, .. } = of;
    log::Event {
        at: *now,
        kind,
        machine: Some(*machine),
        session: *session,
        controller: None,
        member: None,
        data: json!({ "source": "plug", "on": known.on, "watts": known.watts, "more": more, "untold": untold }),
    }
}
