//! The worker that delivers letters.
//!
//! A round reads whose time has come, takes them by a conditional update (two workers, even of two instances, never
//! take the same letter), hands them to the mailer outside any transaction, and writes down what became of each.

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};

use super::{
    layout::Letterhead,
    mailer::{Mailer, Undelivered},
    message::{self, Sender},
    rules,
    store::{self, Claimed, Settled},
};
use crate::{
    app::App,
    kernel::{Clock, EmailAddress, Instant, Result},
    store::Store,
};

/// Letters taken at once, and letters on their way at once. `TOGETHER` of them may each take [`PATIENCE`], one lot
/// after the other, and be done before their claim ([`rules::CLAIM`]) runs out.
const LOT: i64 = 20;
const TOGETHER: usize = 4;
const PATIENCE: Duration = Duration::from_secs(20);

/// How often the worker looks for letters without being called.
const EVERY: Duration = Duration::from_secs(2);
/// How long it lets letters gather once it is called.
const GATHER: Duration = Duration::from_millis(50);
/// How often, and how long apart, it tries to write down what became of letters.
const WRITES: u32 = 5;
const BETWEEN_WRITES: Duration = Duration::from_secs(1);

/// Calls the worker: whoever wrote something rings, and need not know whether there was a letter in it.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings; the worker comes once, however often it was rung.
    pub fn ring(&self) {
        self.0.notify_one();
    }
}

/// Carries letters to the mailer.
#[derive(Clone)]
pub struct Courier {
    store: Store,
    clock: Arc<dyn Clock>,
    mailer: Arc<dyn Mailer>,
    address: EmailAddress,
    public_url: String,
    bell: Bell,
}

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Round {
    /// Letters taken by the mailer.
    pub sent: u64,
    /// Letters to be tried again.
    pub put_off: u64,
    /// Letters given up.
    pub failed: u64,
}

impl Courier {
    /// The courier of this house.
    #[must_use]
    pub fn new(app: &App) -> Self {
        Self {
            store: app.store.clone(),
            clock: app.clock.clone(),
            mailer: app.mailer.clone(),
            address: app.config.letters_from(),
            public_url: app.config.public_address(),
            bell: app.bell.clone(),
        }
    }

    /// Delivers until told to stop; letters on their way then are waited for, others given back.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let more = match self.round(&stop).await {
                // What went may have been what the next one waited for.
                Ok(round) => round.sent > 0 || round.count() >= LOT.unsigned_abs(),
                Err(error) => {
                    tracing::error!(?error, "letters could not be delivered");
                    false
                }
            };
            if !more {
                tokio::select! {
                    _ = stop.changed() => {}
                    () = self.bell.0.notified() => sleep(GATHER).await,
                    () = sleep(EVERY) => {}
                }
            }
        }
    }

    /// Delivers one lot of the letters whose time has come.
    ///
    /// # Errors
    /// A fault when the database does not answer; letters already taken are tried again after their claim.
    pub async fn round(&self, stop: &watch::Receiver<bool>) -> Result<Round> {
        let now = self.clock.now();
        let (due, waiting) =
            self.store.read(move |db| Ok((store::due(db, now, LOT)?, store::waiting(db)?))).await?;
        metrics::gauge!("etabli_letters_waiting").set(f64::from(i32::try_from(waiting).unwrap_or(i32::MAX)));
        if due.is_empty() {
            return Ok(Round::default());
        }
        let taken = move |db: &mut _| Ok((store::claim(db, &due, now)?, store::lab_name(db)?));
        let (claimed, lab) = self.store.write(taken).await?;
        let sender = self.sender(lab);
        let settled: Vec<Settled> = stream::iter(claimed)
            .map(|letter| self.deliver(letter, &sender, stop))
            .buffer_unordered(TOGETHER)
            .collect()
            .await;
        let round = Round::of(&settled);
        round.measure();
        self.write_down(settled, now).await.map(|()| round)
    }

    fn sender(&self, lab: Option<String>) -> Sender {
        let lab = lab.unwrap_or_else(|| "Établi".to_owned());
        let head = Letterhead { lab, public_url: self.public_url.clone() };
        Sender { address: self.address.clone(), head }
    }

    async fn deliver(&self, letter: Claimed, sender: &Sender, stop: &watch::Receiver<bool>) -> Settled {
        let id = letter.id;
        if *stop.borrow() {
            return Settled::Untouched(id);
        }
        let packed = letter.written.and_then(|written| Ok((message::pack(&written, sender)?, written)));
        let (parcel, written) = match packed {
            Ok(packed) => packed,
            Err(error) => {
                tracing::error!(letter = %id, ?error, "a letter could not be put on paper");
                return Settled::Failed(id, format!("{error:#}"));
            }
        };
        let outcome = timeout(PATIENCE, self.mailer.send(&parcel)).await;
        let outcome =
            outcome.unwrap_or_else(|_| Err(Undelivered::ForNow("the mail server took too long".into())));
        // The words of a server may quote the address: they are for staff and not for the log.
        match outcome {
            Ok(()) => {
                tracing::info!(letter = %id, kind = written.kind, "a letter was sent");
                Settled::Sent(id, written.body.has_secrets().then(|| written.body.without_secrets()))
            }
            Err(Undelivered::ForGood(why)) => {
                tracing::warn!(letter = %id, kind = written.kind, "a letter was refused for good");
                Settled::Failed(id, why)
            }
            Err(Undelivered::ForNow(why)) => {
                tracing::warn!(letter = %id, kind = written.kind, attempts = letter.attempts, "a letter was put off");
                match rules::next_try(letter.attempts, self.clock.now(), letter.give_up_at) {
                    Some(next_at) => Settled::Later(id, next_at, why),
                    None => Settled::Failed(id, why),
                }
            }
        }
    }

    /// If this cannot be written the letters go out again after their claim, under the same Message-ID.
    async fn write_down(&self, settled: Vec<Settled>, claimed_at: Instant) -> Result<()> {
        let settled = Arc::new(settled);
        let mut tries = 0;
        loop {
            let (settled, now) = (settled.clone(), self.clock.now());
            let written = self.store.write(move |db| store::settle(db, &settled, claimed_at, now)).await;
            tries += 1;
            if written.is_ok() || tries >= WRITES {
                return written;
            }
            sleep(BETWEEN_WRITES).await;
        }
    }
}

impl Round {
    fn of(settled: &[Settled]) -> Self {
        let mut round = Self::default();
        for one in settled {
            match one {
                Settled::Sent(..) => round.sent += 1,
                Settled::Later(..) => round.put_off += 1,
                Settled::Failed(..) => round.failed += 1,
                Settled::Untouched(_) => {}
            }
        }
        round
    }

    fn count(self) -> u64 {
        self.sent + self.put_off + self.failed
    }

    fn measure(self) {
        for (outcome, count) in [("sent", self.sent), ("put_off", self.put_off), ("failed", self.failed)] {
            metrics::counter!("etabli_letters_total", "outcome" => outcome).increment(count);
        }
    }
}
