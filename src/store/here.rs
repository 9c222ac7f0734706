//! Small reads, done where they are asked.
//!
//! One statement on the file beside us takes less time than telling another thread about it and being told the answer:
//! on SQLite whoever looks something up does it on the thread it stands on, with a connection nobody else holds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    job::Job,
    moment::Writes,
    threads::{Opener, Worker},
};

/// Connections for those who look something up; as many as ever looked at once.
pub(super) struct Here {
    open: Opener,
    writes: Writes,
    free: Mutex<Vec<Worker>>,
}

impl Here {
    pub(super) fn new(open: Opener, writes: Writes) -> Self {
        Self { open, writes, free: Mutex::default() }
    }

    /// Does the job before it returns.
    pub(super) fn work(&self, job: Box<dyn Job>) {
        let free = self.free().pop();
        let mut worker = free.unwrap_or_else(|| Worker::new(self.open.clone(), None, self.writes.clone()));
        worker.alone(job);
        self.free().push(worker);
    }

    /// Closes the connections; whoever still looks afterwards opens one anew.
    pub(super) fn close(&self) {
        self.free().clear();
    }

    fn free(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
