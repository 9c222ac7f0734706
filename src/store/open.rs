//! What the house holds of its database.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
};

use anyhow::anyhow;
use tokio::sync::oneshot::error::RecvError;

use super::{
    DatabaseUrl, Db, Dialect, StoreOptions,
    here::Here,
    job::{Kind, Task},
    moment::{Moment, Watch, Writes},
    queue::Queue,
    statements::Statements,
    threads::{Opener, Worker},
};
use crate::kernel::Result;

/// How many writes SQLite commits together at most.
const GROUP: usize = 64;

/// The database: two calls for the whole house. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    dialect: Dialect,
    reads: Arc<Queue>,
    writes: Arc<Queue>,
    /// None where looking something up means asking a server.
    here: Option<Here>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    statements: Statements,
    number: u64,
    /// None where other instances write as well: there the database must be asked.
    watch: Option<Watch>,
}

/// Stores opened by this process.
static OPENED: AtomicU64 = AtomicU64::new(0);

impl Store {
    /// Opens the database and starts its threads. Migrations are [`migrate`](super::migrate())'s business, before this.
    ///
    /// # Errors
    /// When a first connection cannot be made; later ones are made again whenever they break.
    pub fn open(url: &DatabaseUrl, options: &StoreOptions) -> anyhow::Result<Self> {
        let (statements, counted) = (Statements::default(), Writes::default());
        let opening = |kind| opener(url, options, &statements, kind);
        let connect = opening(Kind::Write);
        let mut first = Some(connect()?);
        let worker = |open, db| Worker::new(open, db, counted.clone());
        let mut threads = Vec::new();
        let (watch, here) = match url {
            DatabaseUrl::Sqlite(file) => {
                let here = Here::new(opening(Kind::Read), counted.clone());
                (Some(Watch::of(file, counted.clone())), Some(here))
            }
            DatabaseUrl::Postgres(_) => (None, None),
        };
        let writes = Arc::new(Queue::new("write", options.queue));
        let reads = match url.dialect() {
            Dialect::Sqlite => {
                threads.push(worker(connect, first).start("store-write", writes.clone(), GROUP)?);
                let reads = Arc::new(Queue::new("read", options.queue));
                for _ in 0..options.readers.max(1) {
                    threads.push(worker(opening(Kind::Read), None).start("store-read", reads.clone(), 1)?);
                }
                reads
            }
            Dialect::Postgres => {
                for _ in 0..options.postgres_threads.max(1) {
                    threads.push(worker(connect.clone(), first.take()).start("store", writes.clone(), 1)?);
                }
                writes.clone()
            }
        };
        Ok(Self(Arc::new(Inner {
            dialect: url.dialect(),
            reads,
            writes,
            here,
            threads: Mutex::new(threads),
            statements,
            number: OPENED.fetch_add(1, Ordering::Relaxed),
            watch,
        })))
    }

    /// Reads on any reader thread.
    ///
    /// # Errors
    /// What the closure answers; "overloaded" when too many wait already.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(&self.0.reads, Kind::Read, once(work)).await
    }

    /// Reads by one quick statement, which needs no transaction to see one state. On SQLite it runs on the thread that
    /// asks: nothing that takes long belongs in here.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn look<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(here) = &self.0.here else { return self.ask(&self.0.reads, Kind::Look, once(work)).await };
        let (task, answer) = Task::new(Kind::Look, once(work));
        here.work(Box::new(task))?;
        told(answer.await)
    }

    /// Writes in one transaction and answers after its commit; an error undoes everything.
    ///
    /// The closure may run several times: when it met another transaction, or when a neighbour in the same group of
    /// writes took them all down. Whoever stops waiting before it begins has it never begin.
    ///
    /// # Errors
    /// What the closure answers; "overloaded" when too many wait already, or when another writer does not let go.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(&self.0.writes, Kind::Write, work).await
    }

    /// Writes before whatever else waits, in a transaction that holds nothing else but the like: for somebody who
    /// stands at a machine with a badge in hand.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub async fn write_first<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(&self.0.writes, Kind::First, work).await
    }

    /// Which of the two databases this is.
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        self.0.dialect
    }

    /// Which of the stores of this process this is.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0.number
    }

    /// The present moment, to be taken *before* something is read that is to be kept in memory. None where other
    /// instances of the house write as well: there the database must be asked.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.0.watch.as_ref().and_then(Watch::moment)
    }

    /// Whether nothing was written since that moment.
    #[must_use]
    pub fn lasts(&self, moment: &Moment) -> bool {
        self.0.watch.as_ref().is_some_and(|watch| watch.lasts(moment))
    }

    /// How many statements ran since the store was opened, if [`StoreOptions::count_statements`] says so.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.0.statements.count()
    }

    /// Does what is waiting, takes no more, and closes the connections; blocks meanwhile.
    pub fn close(&self) {
        self.0.close();
        let threads = std::mem::take(&mut *self.0.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a database thread had died");
            }
        }
    }

    async fn ask<T: Send + 'static>(
        &self,
        queue: &Queue,
        kind: Kind,
        work: impl FnMut(&mut Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (task, answer) = Task::new(kind, work);
        queue.push(Box::new(task))?;
        told(answer.await)
    }
}

fn told<T>(answer: std::result::Result<Result<T>, RecvError>) -> Result<T> {
    answer.unwrap_or_else(|_| Err(anyhow!("a database thread died with its jobs").into()))
}

fn once<T>(work: impl FnOnce(&mut Db) -> Result<T>) -> impl FnMut(&mut Db) -> Result<T> {
    let mut work = Some(work);
    move |db| match work.take() {
        Some(work) => work(db),
        None => Err(anyhow!("a read runs once").into()),
    }
}

impl Inner {
    fn close(&self) {
        self.reads.close();
        self.writes.close();
        if let Some(here) = &self.here {
            here.close();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

/// What makes each connection of this store; the watcher comes last, so that it counts no settings.
fn opener(url: &DatabaseUrl, options: &StoreOptions, statements: &Statements, kind: Kind) -> Opener {
    let (url, synchronous) = (url.clone(), options.sqlite_synchronous);
    let statements = options.count_statements.then(|| statements.clone());
    Arc::new(move || {
        let mut db = Db::open_with(&url, synchronous)?;
        if kind == Kind::Read {
            db.forbid_writes()?;
        }
        if let Some(statements) = &statements {
            db.watch(statements.clone());
        }
        Ok(db)
    })
}
