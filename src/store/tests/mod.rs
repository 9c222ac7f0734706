//! Every test runs on SQLite, and on PostgreSQL too where `TEST_DATABASE_URL` names a server.

mod backup;
mod columns;
mod conflict;
mod here;
mod migrate;
mod moments;
mod queue;
mod recovery;
mod writes;

use diesel::connection::SimpleConnection;
use tempfile::TempDir;
use uuid::Uuid;

use super::{DatabaseUrl, Db, Store, StoreOptions};

/// A fresh, empty database, gone with this value.
pub(super) struct Place {
    pub(super) url: DatabaseUrl,
    _folder: Option<TempDir>,
    server: Option<(DatabaseUrl, String)>,
}

impl Place {
    pub(super) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("etabli.db").display()).parse().unwrap();
        Self { url, _folder: Some(folder), server: None }
    }

    pub(super) fn postgres() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "names the server to test on")]
        let server = std::env::var("TEST_DATABASE_URL").ok()?;
        let name = format!("etabli_store_{}", Uuid::now_v7().simple());
        let mut url = url::Url::parse(&server).unwrap();
        url.set_path(&name);
        let server: DatabaseUrl = server.parse().unwrap();
        Db::open(&server).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        Some(Self { url: url.as_str().parse().unwrap(), _folder: None, server: Some((server, name)) })
    }

    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Some(Self::sqlite()), Self::postgres()].into_iter().flatten()
    }

    /// A store over this place with one table, `mark (number)`.
    pub(super) fn store(&self, options: &StoreOptions) -> Store {
        let mut db = Db::open(&self.url).unwrap();
        db.batch_execute("CREATE TABLE IF NOT EXISTS mark (number INTEGER NOT NULL PRIMARY KEY)").unwrap();
        Store::open(&self.url, options).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            Db::open(server).unwrap().batch_execute(&drop).unwrap();
        }
    }
}

diesel::table! {
    mark (number) {
        number -> Integer,
    }
}

pub(super) mod marks {
    //! The smallest use cases there are.

    use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};

    use super::mark;
    use crate::{kernel::Result, store::Db};

    pub(crate) fn make(db: &mut Db, number: i32) -> Result<()> {
        diesel::insert_into(mark::table).values(mark::number.eq(number)).execute(db)?;
        Ok(())
    }

    pub(crate) fn list(db: &mut Db) -> Result<Vec<i32>> {
        Ok(mark::table.select(mark::number).order(mark::number).load(db)?)
    }
}
