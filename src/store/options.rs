//! How a store is set up.

use std::thread;

use super::Synchronous;

/// How a [`Store`](super::Store) is set up.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// Threads that read SQLite; as many as there are cores.
    pub readers: usize,
    /// Connections to PostgreSQL, for reads and writes.
    pub postgres_threads: usize,
    /// Jobs that may wait, reads and writes of SQLite each by themselves; beyond that the answer is "overloaded".
    pub queue: usize,
    /// When SQLite waits for the disk.
    pub sqlite_synchronous: Synchronous,
    /// Whether [`Store::statements`](super::Store::statements) counts; for tests.
    pub count_statements: bool,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            readers: thread::available_parallelism().map_or(2, usize::from),
            postgres_threads: 12,
            queue: 4096,
            sqlite_synchronous: Synchronous::Full,
            count_statements: false,
        }
    }
}
