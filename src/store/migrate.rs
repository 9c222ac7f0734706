//! Brings a database up to what this program knows.

use anyhow::anyhow;
use diesel::{connection::SimpleConnection, migration::MigrationSource, sqlite::Sqlite};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::Db;

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Whoever migrates holds this lock until the end: several instances may start at once.
const ONE_AT_A_TIME: &str = "SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(7271)";

/// Runs every migration that is still to be run, all of them or none.
pub fn migrate(db: &mut Db) -> anyhow::Result<()> {
    alone(db, |db| {
        match db {
            Db::Sqlite(sqlite) => sqlite.run_pending_migrations(SQLITE).map(drop),
            Db::Pg(pg) => pg.run_pending_migrations(POSTGRES).map(drop),
        }
        .map_err(|error| anyhow!(error).context("run the migrations"))
    })
}

/// Whether [`migrate`] would have something to do.
pub fn pending(db: &mut Db) -> anyhow::Result<bool> {
    alone(db, |db| {
        match db {
            Db::Sqlite(sqlite) => sqlite.has_pending_migration(SQLITE),
            Db::Pg(pg) => pg.has_pending_migration(POSTGRES),
        }
        .map_err(|error| anyhow!(error).context("look for migrations to run"))
    })
}

/// Takes everything down again. For tests: all rows are lost.
pub fn revert_all(db: &mut Db) -> anyhow::Result<()> {
    alone(db, |db| {
        match db {
            Db::Sqlite(sqlite) => sqlite.revert_all_migrations(SQLITE).map(drop),
            Db::Pg(pg) => pg.revert_all_migrations(POSTGRES).map(drop),
        }
        .map_err(|error| anyhow!(error).context("revert the migrations"))
    })
}

/// The versions this program knows for SQLite, oldest first.
pub(super) fn known_to_sqlite() -> anyhow::Result<Vec<String>> {
    let migrations = MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(|error| anyhow!(error))?;
    let mut versions: Vec<String> =
        migrations.iter().map(|migration| migration.name().version().to_string()).collect();
    versions.sort_unstable();
    Ok(versions)
}

/// One outer transaction around everything, that no other instance can be in at the same time.
fn alone<T>(db: &mut Db, work: impl FnOnce(&mut Db) -> anyhow::Result<T>) -> anyhow::Result<T> {
    db.write(|db| {
        if let Db::Pg(pg) = db {
            pg.batch_execute(ONE_AT_A_TIME)?;
        }
        work(db)
    })
}
