//! Both databases have the same shape, and it is the one that `src/store/schema` describes.

use std::{collections::BTreeSet, env, fs};

use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types};
use etabli::store::{self, DatabaseUrl, Db};
use uuid::Uuid;

use super::{
    source::{root, stands},
    tables::{Column, Table, described},
};

#[test]
fn both_folders_of_migrations_hold_the_same_steps() {
    let names = |dialect: &str| {
        let folder = root().join("migrations").join(dialect);
        let steps = fs::read_dir(folder).unwrap().map(|step| step.unwrap().path());
        let files = steps.flat_map(|step| fs::read_dir(step).unwrap().map(|file| file.unwrap().path()));
        let told = files.map(|file| {
            assert!(fs::read_to_string(&file).unwrap().contains(';'), "{} does nothing", file.display());
            file.iter().rev().take(2).map(|part| part.to_string_lossy().into_owned()).collect::<Vec<_>>()
        });
        told.collect::<BTreeSet<_>>()
    };
    let steps = names("sqlite");
    assert_eq!(steps, names("postgres"));
    for step in &steps {
        for file in ["up.sql", "down.sql"] {
            assert!(steps.contains(&vec![file.to_owned(), step[1].clone()]), "{} has no {file}", step[1]);
        }
    }
}

#[test]
fn every_database_has_the_shape_that_the_schema_describes() {
    for mut place in Place::all() {
        store::migrate(&mut place.db).unwrap();
        stands(place.name, &different(&described(), &shape(&mut place.db)));
    }
}

#[test]
fn what_goes_up_comes_down_and_goes_up_again() {
    for mut place in Place::all() {
        store::migrate(&mut place.db).unwrap();
        let before = shape(&mut place.db);
        assert!(before.len() > 20, "{}: {} tables", place.name, before.len());
        store::revert_all(&mut place.db).unwrap();
        assert_eq!(leftovers(&mut place.db), Vec::<String>::new(), "{} keeps something", place.name);
        store::migrate(&mut place.db).unwrap();
        assert_eq!(shape(&mut place.db), before, "{}", place.name);
    }
}

/// A fresh, empty database, gone with this value.
struct Place {
    name: &'static str,
    db: Db,
    _folder: Option<tempfile::TempDir>,
    server: Option<(String, String)>,
}

impl Place {
    /// SQLite, and PostgreSQL where `TEST_DATABASE_URL` names a server.
    fn all() -> impl Iterator<Item = Self> {
        [Some(Self::sqlite()), Self::postgres()].into_iter().flatten()
    }

    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&DatabaseUrl::Sqlite(folder.path().join("etabli.db"))).unwrap();
        Self { name: "SQLite", db, _folder: Some(folder), server: None }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "not a setting of the house: which server the tests run on"
    )]
    fn postgres() -> Option<Self> {
        let server = env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())?;
        let name = format!("etabli_tidy_{}", Uuid::now_v7().simple());
        let mut url = url::Url::parse(&server).unwrap();
        url.set_path(&name);
        open(&server).batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).unwrap();
        Some(Self { name: "PostgreSQL", db: open(url.as_str()), _folder: None, server: Some((server, name)) })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server {
            open(server).batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).unwrap();
        }
    }
}

fn open(url: &str) -> Db {
    Db::open(&url.parse().unwrap()).unwrap()
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = sql_types::Text)]
    tab: String,
    #[diesel(sql_type = sql_types::Text)]
    col: String,
    #[diesel(sql_type = sql_types::Text)]
    kind: String,
    #[diesel(sql_type = sql_types::BigInt)]
    nullable: i64,
    #[diesel(sql_type = sql_types::BigInt)]
    place_in_key: i64,
}

const SQLITE: &str = "SELECT m.name AS tab, c.name AS col, c.type AS kind, 1 - c.\"notnull\" AS nullable, c.pk AS place_in_key \
     FROM sqlite_master m, pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY m.name, c.cid";

const POSTGRES: &str = "SELECT c.table_name::text AS tab, c.column_name::text AS col, c.data_type::text AS kind, \
     (c.is_nullable = 'YES')::int::bigint AS nullable, coalesce(k.ordinal_position, 0)::bigint AS place_in_key \
     FROM information_schema.columns c \
     LEFT JOIN information_schema.table_constraints t ON t.table_schema = c.table_schema \
       AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY' \
     LEFT JOIN information_schema.key_column_usage k ON k.constraint_schema = t.constraint_schema \
       AND k.constraint_name = t.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name \
     WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_\\_%' ORDER BY c.table_name, c.ordinal_position";

/// Every table as the database itself tells it.
fn shape(db: &mut Db) -> Vec<Table> {
    let question = match db {
        Db::Sqlite(_) => SQLITE,
        Db::Pg(_) => POSTGRES,
    };
    let rows: Vec<Row> = sql_query(question).load(db).unwrap();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.tab.as_str()).collect();
    let table = |name: &str| {
        let mine: Vec<&Row> = rows.iter().filter(|row| row.tab == name).collect();
        let mut key: Vec<&Row> = mine.iter().copied().filter(|row| row.place_in_key > 0).collect();
        key.sort_by_key(|row| row.place_in_key);
        let column = |row: &&Row| Column {
            name: row.col.clone(),
            kind: row.kind.clone(),
            nullable: row.nullable == 1,
        };
        Table {
            name: name.to_owned(),
            key: key.iter().map(|row| row.col.clone()).collect(),
            columns: mine.iter().map(column).collect(),
        }
    };
    names.into_iter().map(table).collect()
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
}

/// What the migrations made and did not take away.
fn leftovers(db: &mut Db) -> Vec<String> {
    let question = match db {
        Db::Sqlite(_) => {
            "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND tbl_name NOT LIKE '\\_\\_%' ESCAPE '\\'"
        }
        Db::Pg(_) => {
            "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '\\_\\_%' \
             UNION SELECT proname::text FROM pg_proc p WHERE pronamespace = 'public'::regnamespace \
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        }
    };
    sql_query(question).load::<Name>(db).unwrap().into_iter().map(|row| row.name).collect()
}

/// The types a column of this kind has, on SQLite and on PostgreSQL.
fn stored_as(kind: &str) -> [&'static str; 2] {
    match kind {
        "SqlId" => ["BLOB", "uuid"],
        "SqlInstant" => ["INTEGER", "timestamp with time zone"],
        "Text" => ["TEXT", "text"],
        "Integer" => ["INTEGER", "integer"],
        "BigInt" => ["INTEGER", "bigint"],
        "Double" => ["REAL", "double precision"],
        "Bool" => ["INTEGER", "boolean"],
        "Date" => ["TEXT", "date"],
        "Binary" => ["BLOB", "bytea"],
        _ => ["a type", "nobody knows"],
    }
}

fn different(described: &[Table], real: &[Table]) -> Vec<String> {
    let mut broken = Vec::new();
    for table in described {
        let Some(there) = real.iter().find(|there| there.name == table.name) else {
            broken.push(format!("{} is described and not made", table.name));
            continue;
        };
        if there.key != table.key {
            broken.push(format!("{}: key {:?}, described as {:?}", table.name, there.key, table.key));
        }
        let same = |told: &Column, real: &Column| {
            told.name == real.name
                && told.nullable == real.nullable
                && stored_as(&told.kind).contains(&real.kind.as_str())
        };
        let lacks = |column: &&Column| !there.columns.iter().any(|real| same(column, real));
        broken.extend(table.columns.iter().filter(lacks).map(|c| format!("{}: not so: {c:?}", table.name)));
        let unknown = |column: &&Column| !table.columns.iter().any(|told| told.name == column.name);
        broken.extend(
            there.columns.iter().filter(unknown).map(|c| format!("{}: not described: {c:?}", table.name)),
        );
    }
    let unknown = real.iter().filter(|there| !described.iter().any(|table| table.name == there.name));
    broken.extend(unknown.map(|there| format!("{} is made and not described", there.name)));
    broken
}

#[test]
fn a_database_of_another_shape_is_seen() {
    let mut place = Place::sqlite();
    store::migrate(&mut place.db).unwrap();
    let good = shape(&mut place.db);
    place
        .db
        .batch_execute(
            "ALTER TABLE plan ADD COLUMN colour TEXT; ALTER TABLE membership RENAME COLUMN paid TO settled; \
             DROP TABLE sign_in_failure; CREATE TABLE spare (id INTEGER PRIMARY KEY) STRICT",
        )
        .unwrap();
    let found = different(&described(), &shape(&mut place.db));
    assert_eq!(found.len(), 5, "{found:#?}");
    let mut looser = good.clone();
    looser[0].columns[0].nullable = true;
    looser[1].columns[0].kind = "REAL".to_owned();
    looser[2].key.clear();
    assert_eq!(different(&described(), &looser).len(), 3);
}
