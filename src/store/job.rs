//! A use case on its way to a database thread, and its answer on the way back.

use std::time::Instant;

use tokio::sync::oneshot;

use super::Db;
use crate::kernel::Result;

/// What a job does to the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Kind {
    /// One statement.
    Look,
    Read,
    Write,
    /// A write that others let pass.
    First,
}

impl Kind {
    pub(super) fn writes(self) -> bool {
        match self {
            Self::Look | Self::Read => false,
            Self::Write | Self::First => true,
        }
    }
}

/// Work to do in a transaction; it is answered once, after that transaction ended.
pub(super) trait Job: Send {
    fn kind(&self) -> Kind;
    /// Nobody waits for the answer any more.
    fn abandoned(&self) -> bool;
    /// Whether the work has been begun at all.
    fn begun(&self) -> bool;
    /// Does the work and keeps what came out. A write may be asked again.
    fn work(&mut self, db: &mut Db) -> Result<()>;
    /// Tells what came out, or why nothing did.
    fn answer(self: Box<Self>, ended: Result<()>);
}

/// The one [`Job`] there is.
pub(super) struct Task<T, F> {
    kind: Kind,
    queued: Instant,
    work: F,
    begun: bool,
    value: Option<T>,
    waiting: oneshot::Sender<Result<T>>,
}

impl<T, F> Task<T, F> {
    pub(super) fn new(kind: Kind, work: F) -> (Self, oneshot::Receiver<Result<T>>) {
        let (waiting, answer) = oneshot::channel();
        (Self { kind, queued: Instant::now(), work, begun: false, value: None, waiting }, answer)
    }
}

impl<T: Send, F: FnMut(&mut Db) -> Result<T> + Send> Job for Task<T, F> {
    fn kind(&self) -> Kind {
        self.kind
    }

    fn abandoned(&self) -> bool {
        self.waiting.is_closed()
    }

    fn begun(&self) -> bool {
        self.begun
    }

    fn work(&mut self, db: &mut Db) -> Result<()> {
        self.begun = true;
        self.value = Some((self.work)(db)?);
        Ok(())
    }

    fn answer(self: Box<Self>, ended: Result<()>) {
        let answer = match (ended, self.value) {
            (Ok(()), Some(value)) => Ok(value),
            (Ok(()), None) => Err(anyhow::anyhow!("a job ended before it was done").into()),
            (Err(error), _) => Err(error),
        };
        let kind: &'static str = self.kind.into();
        metrics::histogram!("etabli_store_job_seconds", "kind" => kind).record(self.queued.elapsed());
        // Whoever asked may have gone meanwhile.
        drop(self.waiting.send(answer));
    }
}
