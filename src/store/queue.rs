//! Jobs waiting for a database thread.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{conflict::overloaded, job::Job};
use crate::kernel::Result;

/// A bounded queue; whoever finds it full is refused at once, instead of everybody waiting longer and longer.
pub(super) struct Queue {
    name: &'static str,
    limit: usize,
    waiting: Mutex<Waiting>,
    news: Condvar,
}

struct Waiting {
    jobs: VecDeque<Box<dyn Job>>,
    open: bool,
}

impl Queue {
    pub(super) fn new(name: &'static str, limit: usize) -> Self {
        let waiting = Waiting { jobs: VecDeque::new(), open: true };
        Self { name, limit, waiting: Mutex::new(waiting), news: Condvar::new() }
    }

    /// Puts a job at the end, or refuses it.
    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<()> {
        let mut waiting = self.lock();
        if !waiting.open || waiting.jobs.len() >= self.limit {
            return Err(overloaded());
        }
        waiting.jobs.push_back(job);
        self.report(waiting);
        self.news.notify_one();
        Ok(())
    }

    /// Waits for work and takes up to `most` jobs; none once the queue is closed and empty.
    pub(super) fn take(&self, most: usize) -> Vec<Box<dyn Job>> {
        let mut waiting = self.lock();
        while waiting.jobs.is_empty() && waiting.open {
            waiting = self.news.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let count = most.min(waiting.jobs.len());
        let taken = waiting.jobs.drain(..count).collect();
        self.report(waiting);
        taken
    }

    /// Takes no more jobs; those already waiting are still done.
    pub(super) fn close(&self) {
        self.lock().open = false;
        self.news.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, waiting: MutexGuard<'_, Waiting>) {
        let depth = u32::try_from(waiting.jobs.len()).unwrap_or(u32::MAX);
        drop(waiting);
        metrics::gauge!("etabli_store_queue_depth", "queue" => self.name).set(depth);
    }
}
