//! Looks while anybody listens, and hands out what is new.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::watch;
use uuid::Uuid;

use super::{look::look, model::Event, ring::Ring};
use crate::{
    app::App,
    kernel::{Code, Error, Refusal, Result},
};

/// How often to look.
const EVERY: Duration = Duration::from_millis(250);
/// How many may listen to one process.
const MOST: usize = 256;
/// How many of them from one address: a lab behind one has its walls and its members' screens, and nobody takes all.
const FROM_ONE: usize = 32;

/// What happens now. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    /// Tells this process from others, so that nobody goes on where another one was.
    name: String,
    ring: Mutex<Ring>,
    /// The number of the last event; the sender is gone when the house closes.
    news: Mutex<Option<watch::Sender<u64>>>,
    listeners: AtomicUsize,
    /// How many listen from where, as far as that is counted.
    addresses: Mutex<HashMap<IpAddr, usize>>,
    looking: AtomicBool,
}

/// Somebody who listens, until dropped.
pub struct Listener {
    live: Live,
    heard: Option<u64>,
    news: watch::Receiver<u64>,
    from: Option<IpAddr>,
}

impl Default for Live {
    fn default() -> Self {
        Self(Arc::new(Inner {
            name: Uuid::now_v7().simple().to_string(),
            ring: Mutex::default(),
            news: Mutex::new(Some(watch::Sender::new(0))),
            listeners: AtomicUsize::new(0),
            addresses: Mutex::default(),
            looking: AtomicBool::new(false),
        }))
    }
}

impl Live {
    /// Listens, from after the event of this mark if this process made it. `from`: an address of which not too many may.
    ///
    /// # Errors
    /// `overloaded` when too many listen already, or when the house is closing; `too_many_tries` when too many listen
    /// from this address.
    pub async fn listen(&self, app: &App, from: Option<IpAddr>, mark: Option<&str>) -> Result<Listener> {
        let heard =
            mark.and_then(|mark| mark.strip_prefix(self.0.name.as_str())?.strip_prefix('-')?.parse().ok());
        let news = lock(&self.0.news).as_ref().map(watch::Sender::subscribe);
        let news = news.ok_or_else(|| Error::refused(Code::Overloaded))?;
        if self.0.listeners.fetch_add(1, Ordering::AcqRel) >= MOST {
            self.0.listeners.fetch_sub(1, Ordering::AcqRel);
            return Err(Error::refused(Code::Overloaded));
        }
        // From here on what was counted is given back by its end.
        let mut listener = Listener { live: self.clone(), heard, news, from: None };
        if let Some(from) = from {
            self.counted(from)?;
            listener.from = Some(from);
        }
        self.look(app).await?;
        self.keep_looking(app);
        Ok(listener)
    }

    fn counted(&self, from: IpAddr) -> Result<()> {
        let mut addresses = lock(&self.0.addresses);
        let count = addresses.entry(from).or_default();
        if *count >= FROM_ONE {
            return Err(Refusal::new(Code::TooManyTries).retry_after(60).into());
        }
        *count += 1;
        Ok(())
    }

    /// Tells everybody who listens that there is no more to come.
    pub fn close(&self) {
        lock(&self.0.news).take();
    }

    /// The mark of an event: what a reader shows who comes back.
    #[must_use]
    pub fn mark(&self, event: &Event) -> String {
        format!("{}-{}", self.0.name, event.number)
    }

    async fn look(&self, app: &App) -> Result<()> {
        let now = app.now();
        let seen = app.store.read(move |db| look(db, now)).await?;
        let mut ring = lock(&self.0.ring);
        if ring.take_in(seen)
            && let Some(news) = lock(&self.0.news).as_ref()
        {
            news.send_replace(ring.last());
        }
        Ok(())
    }

    /// Looks again and again until nobody listens any more.
    fn keep_looking(&self, app: &App) {
        if self.0.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let (live, app) = (self.clone(), app.clone());
        tokio::spawn(async move {
            while live.wanted() {
                tokio::time::sleep(EVERY).await;
                if let Err(error) = live.look(&app).await {
                    tracing::warn!(?error, "could not see what happens now; looking again");
                }
            }
            live.0.looking.store(false, Ordering::Release);
            // Somebody may have come between the last question and this.
            if live.wanted() {
                live.keep_looking(&app);
            }
        });
    }

    fn wanted(&self) -> bool {
        self.0.listeners.load(Ordering::Acquire) > 0 && lock(&self.0.news).is_some()
    }
}

impl Listener {
    /// What there is to tell, once there is something; none when there will be no more.
    pub async fn next(&mut self) -> Option<Vec<Event>> {
        loop {
            self.news.borrow_and_update();
            let told = lock(&self.live.0.ring).after(self.heard);
            if let Some(last) = told.last() {
                self.heard = Some(last.number);
                return Some(told);
            }
            self.news.changed().await.ok()?;
        }
    }

    /// The mark of an event.
    #[must_use]
    pub fn mark(&self, event: &Event) -> String {
        self.live.mark(event)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.live.0.listeners.fetch_sub(1, Ordering::AcqRel);
        let Some(from) = self.from else { return };
        let mut addresses = lock(&self.live.0.addresses);
        if let Some(count) = addresses.get_mut(&from) {
            *count -= 1;
            if *count == 0 {
                addresses.remove(&from);
            }
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
