//! A copy of everything, and the way back. For SQLite; PostgreSQL has its own tools.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};

use super::{DatabaseUrl, db::sqlite_name, migrate::known_to_sqlite};

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

#[derive(QueryableByName)]
struct Migration {
    #[diesel(sql_type = Text)]
    version: String,
}

/// Writes a consistent copy of the database into a new file, while the house goes on working.
///
/// # Errors
/// When the database is PostgreSQL, which is backed up by `pg_dump`, or when the file exists.
pub fn backup(url: &DatabaseUrl, to: &Path) -> anyhow::Result<()> {
    let from = sqlite(url, "back it up with pg_dump")?;
    ensure!(from.is_file(), "there is no database at {}", from.display());
    copy(&mut connect(from)?, to)
}

/// Puts a copy made by [`backup`] where the database belongs.
///
/// # Errors
/// When the copy is no database of this program, is damaged, or comes from a newer version; when there already is a
/// database; when the database is PostgreSQL, which is restored by `pg_restore`.
pub fn restore(url: &DatabaseUrl, from: &Path) -> anyhow::Result<()> {
    let to = sqlite(url, "restore it with pg_restore")?;
    let taken = fs::metadata(to).is_ok_and(|there| there.len() > 0) || beside(to, "-wal").exists();
    ensure!(!taken, "there already is a database at {}; move it away first", to.display());
    ensure!(from.is_file(), "there is no file at {}", from.display());
    let mut source = connect(from)?;
    inspect(&mut source).with_context(|| format!("{} cannot be restored", from.display()))?;
    // First beside it, then into place: a restore cut short leaves no half a database behind.
    let arriving = beside(to, ".restoring");
    fs::remove_file(&arriving).or_else(|error| if arriving.exists() { Err(error) } else { Ok(()) })?;
    copy(&mut source, &arriving)?;
    fs::rename(&arriving, to).with_context(|| format!("move the copy to {}", to.display()))
}

fn sqlite<'a>(url: &'a DatabaseUrl, advice: &str) -> anyhow::Result<&'a Path> {
    match url {
        DatabaseUrl::Sqlite(path) => Ok(path),
        DatabaseUrl::Postgres(_) => bail!("this database is PostgreSQL: {advice}"),
    }
}

/// Opens a file as it is: the settings of [`Db`](super::Db) would write to it.
fn connect(path: &Path) -> anyhow::Result<SqliteConnection> {
    let mut sqlite = SqliteConnection::establish(&sqlite_name(path)?)?;
    sqlite.batch_execute("PRAGMA busy_timeout = 5000")?;
    Ok(sqlite)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn copy(source: &mut SqliteConnection, to: &Path) -> anyhow::Result<()> {
    let (shown, name) = (to.display(), sqlite_name(to)?);
    // SQLite fills an empty file; made here first, it is nobody else's to read.
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)
        .with_context(|| format!("create {shown}"))?;
    let copied =
        sql_query("VACUUM INTO ?").bind::<Text, _>(name).execute(source).map_err(anyhow::Error::from);
    // SQLite leaves it to us to see the copy onto the disk.
    let kept = copied.and_then(|_| Ok(File::open(to)?.sync_all()?));
    if kept.is_err() {
        drop(fs::remove_file(to));
    }
    kept.with_context(|| format!("copy the database to {shown}"))
}

/// Refuses what is damaged, what is not ours, and what a newer program wrote.
fn inspect(source: &mut SqliteConnection) -> anyhow::Result<()> {
    let verdicts: Vec<Verdict> =
        sql_query("PRAGMA integrity_check(1)").load(source).context("it is no database")?;
    ensure!(verdicts.iter().all(|verdict| verdict.integrity_check == "ok"), "it is damaged");
    let migrations: Vec<Migration> = sql_query("SELECT version FROM __diesel_schema_migrations")
        .load(source)
        .context("it is no database of this program")?;
    let known = known_to_sqlite()?;
    ensure!(!migrations.is_empty(), "it is no database of this program");
    ensure!(
        migrations.iter().all(|migration| known.contains(&migration.version)),
        "a newer version of this program wrote it"
    );
    Ok(())
}
