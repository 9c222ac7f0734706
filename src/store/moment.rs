//! Whether anything was written since, told without asking the database: what lets an answer be given from memory.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

/// Another program on the same file, `etabli lab apply` for one, is seen by what it leaves in the log beside the file;
/// should it write so soon after a moment that the clock of the file system does not tell them apart, a moment lasts no
/// longer than this.
const LONGEST: Duration = Duration::from_secs(1);

/// A state of the database of one store. What was read in it is true as long as it lasts.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    writes: u64,
    log: Log,
    at: Instant,
}

/// Length and time of the write-ahead log; none where there is no log yet.
type Log = Option<(u64, SystemTime)>;

/// How many times this store wrote.
#[derive(Debug, Clone, Default)]
pub(super) struct Writes(Arc<AtomicU64>);

impl Writes {
    /// Counts one, after its commit and before anybody hears of it.
    pub(super) fn count(&self) {
        self.0.fetch_add(1, Ordering::Release);
    }
}

/// What tells moments apart: the writes of this store, and the log of the file, where others write too.
pub(super) struct Watch {
    writes: Writes,
    log: PathBuf,
}

impl Watch {
    pub(super) fn of(file: &Path, writes: Writes) -> Self {
        let mut log = OsString::from(file);
        log.push("-wal");
        Self { writes, log: log.into() }
    }

    /// The present moment; none where the log cannot be looked at.
    pub(super) fn moment(&self) -> Option<Moment> {
        Some(Moment { writes: self.written(), log: self.log().ok()?, at: Instant::now() })
    }

    pub(super) fn lasts(&self, moment: &Moment) -> bool {
        self.written() == moment.writes
            && moment.at.elapsed() < LONGEST
            && self.log().is_ok_and(|log| log == moment.log)
    }

    fn written(&self) -> u64 {
        self.writes.0.load(Ordering::Acquire)
    }

    fn log(&self) -> io::Result<Log> {
        match fs::metadata(&self.log).and_then(|log| Ok((log.len(), log.modified()?))) {
            Ok(log) => Ok(Some(log)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
