//! Database threads: each owns a connection and does the jobs of a queue.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow};
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::{
    Db,
    conflict::{relieved, worth_retrying},
    job::{Job, Kind},
    moment::Writes,
    queue::Queue,
};
use crate::kernel::{Error, Result};

/// How often a write is tried that always meets another.
const ATTEMPTS: u32 = 6;
/// After so long a connection is asked whether it is still there.
const IDLE: Duration = Duration::from_secs(5);

/// What opens a connection, again and again if need be.
pub(super) type Opener = Arc<dyn Fn() -> anyhow::Result<Db> + Send + Sync>;

/// One thread's connection.
pub(super) struct Worker {
    open: Opener,
    db: Option<Db>,
    used: Instant,
    writes: Writes,
}

/// What became of jobs that ran together.
enum Together {
    /// The transaction ended; each job it held has its own answer, in their order.
    Ended(Vec<Result<()>>),
    /// Something odd happened to one of them: nothing was kept, each is to run alone.
    Apart,
    /// The database did not take part: the same for all.
    Failed(String),
}

impl Worker {
    pub(super) fn new(open: Opener, db: Option<Db>, writes: Writes) -> Self {
        Self { open, db, used: Instant::now(), writes }
    }

    /// Starts a thread that does the jobs of the queue until it is closed, `most` of them in one transaction.
    pub(super) fn start(
        mut self,
        name: &str,
        queue: Arc<Queue>,
        most: usize,
    ) -> anyhow::Result<thread::JoinHandle<()>> {
        let run = move || loop {
            let mut jobs = queue.take(most);
            if jobs.is_empty() {
                return;
            }
            jobs.retain(|job| !job.abandoned());
            self.work(jobs, &queue);
        };
        thread::Builder::new().name(name.to_owned()).spawn(run).context("start a database thread")
    }

    /// Does the jobs, or as many as may be done before somebody who stands at a machine.
    fn work(&mut self, mut jobs: Vec<Box<dyn Job>>, queue: &Queue) {
        let ordinary = jobs.iter().all(|job| job.kind() != Kind::First);
        let ended = if jobs.len() > 1 {
            self.together(&mut jobs, || ordinary && queue.is_pressed())
        } else {
            Together::Apart
        };
        match ended {
            Together::Ended(answers) => {
                queue.put_back(jobs.split_off(answers.len()));
                jobs.into_iter().zip(answers).for_each(|(job, answer)| job.answer(answer));
            }
            Together::Apart => jobs.into_iter().for_each(|job| self.alone(job)),
            Together::Failed(text) => {
                for job in jobs {
                    job.answer(Err(relieved(
                        DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(text.clone())).into(),
                    )));
                }
            }
        }
    }

    /// One job in its own transaction, again when it met another one.
    pub(super) fn alone(&mut self, mut job: Box<dyn Job>) {
        for attempt in 1.. {
            if let Err(error) = self.connection() {
                return job.answer(Err(error));
            }
            let ended = self.attempt(job.as_mut());
            let again = match &ended {
                Ok(()) => false,
                Err(error) => {
                    job.kind().writes() && (worth_retrying(error) || (self.db.is_none() && !job.begun()))
                }
            };
            if !again || attempt >= ATTEMPTS {
                job.answer(ended.map_err(relieved));
                return;
            }
            thread::sleep(Duration::from_millis(2) * attempt * attempt);
        }
    }

    fn attempt(&mut self, job: &mut dyn Job) -> Result<()> {
        let db = self.connection()?;
        let ended = catch_unwind(AssertUnwindSafe(|| match job.kind() {
            Kind::Look => job.work(db),
            Kind::Read => db.snapshot(|db| job.work(db)),
            Kind::Write | Kind::First => db.write(|db| job.work(db)),
        }));
        let broken = ended.is_err() || db.broken();
        self.release(broken);
        if job.kind().writes() {
            self.writes.count();
        }
        ended.unwrap_or_else(|_| Err(anyhow!("a job panicked").into()))
    }

    /// Many writes in one transaction: one wait for the disk instead of many.
    fn together(&mut self, jobs: &mut [Box<dyn Job>], pressed: impl Fn() -> bool) -> Together {
        // Where there is no connection, each job hears why from its own attempt.
        let Ok(db) = self.connection() else { return Together::Apart };
        let ended = catch_unwind(AssertUnwindSafe(|| group(db, jobs, pressed))).unwrap_or(Together::Apart);
        let broken = db.broken();
        self.release(broken);
        self.writes.count();
        ended
    }

    fn connection(&mut self) -> Result<&mut Db> {
        if let Some(db) = &mut self.db
            && self.used.elapsed() > IDLE
            && !db.answers()
        {
            tracing::warn!("a database connection went away while nobody used it; opening another");
            self.db = None;
        }
        match &mut self.db {
            Some(db) => Ok(db),
            none => Ok(none.insert((self.open)()?)),
        }
    }

    fn release(&mut self, broken: bool) {
        self.used = Instant::now();
        if broken {
            self.db = None;
        }
    }
}

/// No savepoint stands between the jobs: one that is refused has looked and not written, as a rule, and there is nothing
/// to undo. Where it did write, or anything else happened, nothing is kept and each job runs alone.
///
/// Once somebody presses, those not begun yet are left for the next group.
fn group(db: &mut Db, jobs: &mut [Box<dyn Job>], pressed: impl Fn() -> bool) -> Together {
    if let Err(error) = db.begin() {
        return Together::Failed(error.to_string());
    }
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        if !answers.is_empty() && pressed() {
            break;
        }
        let Ok(written) = db.rows_written() else { return apart(db) };
        let answer = job.work(db);
        let clean = match &answer {
            Ok(()) => true,
            Err(Error::Fault(_)) => false,
            Err(Error::Refused(_) | Error::Invalid(_)) => db.rows_written().is_ok_and(|now| now == written),
        };
        if !clean {
            return apart(db);
        }
        answers.push(answer);
    }
    if answers.iter().all(Result::is_err) {
        db.abandon();
        return Together::Ended(answers);
    }
    match db.commit() {
        Ok(()) => Together::Ended(answers),
        // A constraint checked at the end: only the job that broke it shall fail.
        Err(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => apart(db),
        Err(error) => {
            db.abandon();
            Together::Failed(error.to_string())
        }
    }
}

fn apart(db: &mut Db) -> Together {
    db.abandon();
    Together::Apart
}
