//! A fresh database for each world: a copy of one that was migrated once.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    process::{Command, Output},
    sync::{Mutex, OnceLock, PoisonError},
};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use etabli::store::{self, DatabaseUrl, Db};
use tempfile::TempDir;
use url::Url;
use uuid::Uuid;

/// The database of one world, and its folder.
pub struct Database {
    pub url: DatabaseUrl,
    pub folder: TempDir,
    server: Option<(Url, String)>,
}

impl Database {
    /// On SQLite, or on the server of `TEST_DATABASE_URL`.
    pub fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        match server() {
            None => {
                let file = folder.path().join("etabli.db");
                fs::copy(sqlite_template(), &file).unwrap();
                Self { url: DatabaseUrl::Sqlite(file), folder, server: None }
            }
            Some(server) => {
                let name = format!("etabli_test_{}", Uuid::now_v7().simple());
                let template = postgres_template(&server);
                tell(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Self { url: named(&server, &name), folder, server: Some((server, name)) }
            }
        }
    }

    /// None at all: what a world has left that gave its own away.
    pub fn nowhere() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: DatabaseUrl::Sqlite(folder.path().join("etabli.db")), folder, server: None }
    }

    /// Its address as a setting, secrets included.
    pub fn address(&self) -> String {
        match &self.server {
            None => self.url.to_string(),
            Some((server, name)) => {
                let mut url = server.clone();
                url.set_path(name);
                url.into()
            }
        }
    }

    /// What `etabli log verify` answers about it.
    pub fn verify_log(&self) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_etabli"));
        command.args(["log", "verify"]).env_clear().env("ETABLI_DATABASE_URL", self.address());
        command.env("ETABLI_DATA_DIR", self.folder.path()).env("ETABLI_LOG", "off").output().unwrap()
    }

    /// Drops it; the folder goes by itself.
    pub fn forget(&mut self) {
        if let Some((server, name)) = self.server.take() {
            tell(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "not a setting of the house: which database the tests run on")]
fn server() -> Option<Url> {
    let url = env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())?;
    Some(url.parse().expect("TEST_DATABASE_URL is an address"))
}

fn named(server: &Url, name: &str) -> DatabaseUrl {
    let mut url = server.clone();
    url.set_path(name);
    url.as_str().parse().unwrap()
}

fn tell(server: &Url, statement: &str) {
    PgConnection::establish(server.as_str()).unwrap().batch_execute(statement).unwrap();
}

fn sqlite_template() -> PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let file = env::temp_dir().join(format!("etabli-test-{}.db", migrations("sqlite")));
        if !file.exists() {
            let unfinished = env::temp_dir().join(format!("etabli-test-{}.db", Uuid::now_v7()));
            let mut db = Db::open(&DatabaseUrl::Sqlite(unfinished.clone())).unwrap();
            store::migrate(&mut db).unwrap();
            let Db::Sqlite(raw) = &mut db else { unreachable!() };
            raw.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE").unwrap();
            drop(db);
            fs::rename(unfinished, &file).unwrap();
        }
        file
    };
    TEMPLATE.get_or_init(make).clone()
}

fn postgres_template(server: &Url) -> String {
    static MADE: Mutex<bool> = Mutex::new(false);
    let name = format!("etabli_template_{}", migrations("postgres"));
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if !*made {
        make_postgres_template(server, &name);
        *made = true;
    }
    name
}

/// Under another name first: a template that is there is a template that is finished.
fn make_postgres_template(server: &Url, name: &str) {
    let unfinished = format!("etabli_test_{}", Uuid::now_v7().simple());
    tell(server, &format!("CREATE DATABASE {unfinished} TEMPLATE template0"));
    store::migrate(&mut Db::open(&named(server, &unfinished)).unwrap()).unwrap();
    let mut admin = PgConnection::establish(server.as_str()).unwrap();
    if admin.batch_execute(&format!("ALTER DATABASE {unfinished} RENAME TO {name}")).is_err() {
        tell(server, &format!("DROP DATABASE {unfinished} WITH (FORCE)"));
    }
}

/// Names what the migrations say, so that a change makes another template.
fn migrations(dialect: &str) -> String {
    let mut hash = DefaultHasher::new();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations").join(dialect);
    let mut steps: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    steps.sort();
    for step in steps {
        fs::read_to_string(step.join("up.sql")).unwrap().hash(&mut hash);
    }
    format!("{:016x}", hash.finish())
}
