//! Jobs waiting for a database thread.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

use super::{
    conflict::overloaded,
    job::{Job, Kind},
};
use crate::kernel::Result;

/// A bounded queue; whoever finds it full is refused at once, instead of everybody waiting longer and longer.
pub(super) struct Queue {
    name: &'static str,
    limit: usize,
    waiting: Mutex<Waiting>,
    news: Condvar,
}

struct Waiting {
    /// Those that the others let pass.
    first: VecDeque<Box<dyn Job>>,
    jobs: VecDeque<Box<dyn Job>>,
    open: bool,
}

impl Waiting {
    fn count(&self) -> usize {
        self.first.len() + self.jobs.len()
    }

    /// The line whose turn it is.
    fn line(&mut self) -> &mut VecDeque<Box<dyn Job>> {
        if self.first.is_empty() { &mut self.jobs } else { &mut self.first }
    }
}

impl Queue {
    pub(super) fn new(name: &'static str, limit: usize) -> Self {
        let waiting = Waiting { first: VecDeque::new(), jobs: VecDeque::new(), open: true };
        Self { name, limit, waiting: Mutex::new(waiting), news: Condvar::new() }
    }

    /// Puts a job at the end of its line, or refuses it.
    pub(super) fn push(&self, job: Box<dyn Job>) -> Result<()> {
        let mut waiting = self.lock();
        if !waiting.open || waiting.count() >= self.limit {
            return Err(overloaded());
        }
        let line = if job.kind() == Kind::First { &mut waiting.first } else { &mut waiting.jobs };
        line.push_back(job);
        self.report(waiting);
        self.news.notify_one();
        Ok(())
    }

    /// Waits for work and takes up to `most` jobs of one line; none once the queue is closed and empty.
    pub(super) fn take(&self, most: usize) -> Vec<Box<dyn Job>> {
        let mut waiting = self.lock();
        while waiting.count() == 0 && waiting.open {
            waiting = self.news.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        let line = waiting.line();
        let count = most.min(line.len());
        let taken = line.drain(..count).collect();
        self.report(waiting);
        taken
    }

    /// Whether somebody waits whom the others let pass.
    pub(super) fn is_pressed(&self) -> bool {
        !self.lock().first.is_empty()
    }

    /// Puts jobs that were taken and not begun back in front of their line.
    pub(super) fn put_back(&self, jobs: Vec<Box<dyn Job>>) {
        if jobs.is_empty() {
            return;
        }
        let mut waiting = self.lock();
        jobs.into_iter().rev().for_each(|job| waiting.jobs.push_front(job));
        self.report(waiting);
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
        let depth = u32::try_from(waiting.count()).unwrap_or(u32::MAX);
        drop(waiting);
        metrics::gauge!("etabli_store_queue_depth", "queue" => self.name).set(depth);
    }
}
