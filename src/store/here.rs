//! Small reads, done where they are asked.
//!
//! One statement on the file beside us takes less time than telling another thread about it and being told the answer:
//! on SQLite whoever looks something up does it on the thread it stands on, with a connection nobody else holds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    conflict::overloaded,
    job::Job,
    moment::Writes,
    threads::{Opener, Worker},
};
use crate::kernel::Result;

/// Connections for those who look something up; as many as ever looked at once.
pub(super) struct Here {
    open: Opener,
    writes: Writes,
    /// None once the store is closed.
    free: Mutex<Option<Vec<Worker>>>,
}

impl Here {
    pub(super) fn new(open: Opener, writes: Writes) -> Self {
        Self { open, writes, free: Mutex::new(Some(Vec::new())) }
    }

    /// Does the job before it returns.
    pub(super) fn work(&self, job: Box<dyn Job>) -> Result<()> {
        let free = self.free().as_mut().map(Vec::pop).ok_or_else(overloaded)?;
        let mut worker = free.unwrap_or_else(|| Worker::new(self.open.clone(), None, self.writes.clone()));
        worker.alone(job);
        if let Some(free) = self.free().as_mut() {
            free.push(worker);
        }
        Ok(())
    }

    /// Closes the connections; nobody looks any more.
    pub(super) fn close(&self) {
        *self.free() = None;
    }

    fn free(&self) -> MutexGuard<'_, Option<Vec<Worker>>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
