//! One connection, to either database.
#![allow(missing_docs, clippy::pedantic, reason = "diesel's derive writes most of this file")]

use std::{fs::OpenOptions, io::ErrorKind, os::unix::fs::OpenOptionsExt, path::Path, thread, time::Duration};

use anyhow::{Context, bail};
use diesel::{
    Connection, PgConnection, SqliteConnection,
    connection::{Instrumentation, SimpleConnection},
};
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::{Conflict, DatabaseUrl, conflict};

/// A connection to SQLite or to PostgreSQL; ordinary diesel queries run on either.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Pg(PgConnection),
}

/// When SQLite lets the disk confirm a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Synchronous {
    /// Before the answer: an answered booking survives a power cut.
    #[default]
    Full,
    /// Now and then: a power cut may take the last answered bookings with it, never the file.
    Normal,
}

/// In this order: whoever sets the journal mode already waits for others instead of failing. No `mmap_size`: SQLite
/// drops the whole map whenever another connection wrote, which stops every processor for a moment.
const SQLITE: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -16000;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 1000;
";

/// Waiting for a row is bounded as on SQLite; notices about tables that exist already are not news.
const POSTGRES: &str = "
    SET TIME ZONE 'UTC';
    SET application_name = 'etabli';
    SET client_min_messages = warning;
    SET lock_timeout = '5s';
";

impl Db {
    /// Whether others may write while this transaction does: on `PostgreSQL` what was read before a lock was taken is
    /// old news after it; on `SQLite` there is one writer, and what it read stays true.
    #[must_use]
    pub const fn shares_writing(&self) -> bool {
        matches!(self, Self::Pg(_))
    }

    /// Opens a connection; SQLite creates the file, readable by its owner only, if it is not there.
    pub fn open(url: &DatabaseUrl) -> anyhow::Result<Self> {
        Self::open_with(url, Synchronous::Full)
    }

    /// [`Self::open`], choosing when SQLite waits for the disk.
    pub fn open_with(url: &DatabaseUrl, synchronous: Synchronous) -> anyhow::Result<Self> {
        match url {
            DatabaseUrl::Sqlite(path) => open_sqlite(path, synchronous).map(Self::Sqlite),
            DatabaseUrl::Postgres(secret) => PgConnection::establish(&bounded(secret.expose_secret()))
                .map_err(anyhow::Error::from)
                .and_then(|mut pg| {
                    pg.batch_execute(POSTGRES)?;
                    Ok(Self::Pg(pg))
                }),
        }
        .with_context(|| format!("open the database {url}"))
    }

    /// Makes every write of this connection an error, where the database can.
    pub(super) fn forbid_writes(&mut self) -> diesel::QueryResult<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch_execute("PRAGMA query_only = ON"),
            Self::Pg(_) => Ok(()),
        }
    }

    pub(super) fn watch(&mut self, watcher: impl Instrumentation) {
        self.set_instrumentation(watcher);
    }
}

/// A server that does not answer must not hold a thread for minutes, unless the URL says so.
fn bounded(url: &str) -> String {
    let mark = if url.contains('?') { '&' } else { '?' };
    if url.contains("connect_timeout=") { url.to_owned() } else { format!("{url}{mark}connect_timeout=5") }
}

fn open_sqlite(path: &Path, synchronous: Synchronous) -> anyhow::Result<SqliteConnection> {
    create_private(path)?;
    let mut sqlite = SqliteConnection::establish(&sqlite_name(path)?)?;
    patiently(|| sqlite.batch_execute(SQLITE))?;
    sqlite.batch_execute(match synchronous {
        Synchronous::Full => "PRAGMA synchronous = FULL",
        Synchronous::Normal => "PRAGMA synchronous = NORMAL",
    })?;
    Ok(sqlite)
}

/// SQLite does not wait for others while a file becomes one with a write-ahead log: several programs that meet a new
/// file at once must try again by themselves.
fn patiently(mut work: impl FnMut() -> diesel::QueryResult<()>) -> diesel::QueryResult<()> {
    let mut tries = 0;
    loop {
        match work() {
            Err(error) if tries < 100 && matches!(conflict(&error), Some(Conflict::Retry)) => {
                tries += 1;
                thread::sleep(Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

/// The path as SQLite takes it: `file:…` would be a URI, `./file:…` is the same file without that magic.
pub(super) fn sqlite_name(path: &Path) -> anyhow::Result<String> {
    let Some(text) = path.to_str() else { bail!("the path {} is not UTF-8", path.display()) };
    Ok(if text.starts_with("file:") { format!("./{text}") } else { text.to_owned() })
}

/// Members' names and addresses are in there: the file, and the journal beside it, are for the owner's eyes only.
fn create_private(path: &Path) -> anyhow::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error).context("create the file"),
    }
}
