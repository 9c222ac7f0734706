//! Whether anything was written since, told without asking the database: what lets an answer be given from memory.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// Another program may write to the same file, `etabli lab apply` for one: a moment lasts no longer than this.
const OTHERS: Duration = Duration::from_secs(1);

/// A state of the database of one store. What was read in it is true as long as it lasts.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    writes: u64,
    at: Instant,
}

/// How many times something was written.
#[derive(Debug, Clone, Default)]
pub(super) struct Writes(Arc<AtomicU64>);

impl Writes {
    /// Counts one, after its commit and before anybody hears of it.
    pub(super) fn count(&self) {
        self.0.fetch_add(1, Ordering::Release);
    }

    pub(super) fn moment(&self) -> Moment {
        Moment { writes: self.0.load(Ordering::Acquire), at: Instant::now() }
    }

    pub(super) fn lasts(&self, moment: &Moment) -> bool {
        self.0.load(Ordering::Acquire) == moment.writes && moment.at.elapsed() < OTHERS
    }
}
