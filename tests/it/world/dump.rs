//! Every row there is, as text: to see that nothing changed.

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use etabli::store::Db;

use super::World;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl World {
    /// Every row of every table, in a fixed order.
    pub async fn dump(&self) -> Vec<String> {
        self.app.store.read(|db| Ok(dump(db))).await.unwrap()
    }
}

fn dump(db: &mut Db) -> Vec<String> {
    let tables = match db {
        Db::Sqlite(_) => "SELECT name AS line FROM sqlite_master WHERE type = 'table'",
        Db::Pg(_) => "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'",
    };
    let mut rows: Vec<String> = lines(db, tables).iter().flat_map(|table| rows_of(db, table)).collect();
    rows.sort_unstable();
    rows
}

fn rows_of(db: &mut Db, table: &str) -> Vec<String> {
    let row = match db {
        Db::Sqlite(_) => {
            let columns = lines(db, &format!("SELECT name AS line FROM pragma_table_info('{table}')"));
            columns.iter().map(|column| format!("quote({column})")).collect::<Vec<_>>().join(" || ',' || ")
        }
        Db::Pg(_) => "t::text".to_owned(),
    };
    let rows = lines(db, &format!("SELECT {row} AS line FROM {table} t"));
    rows.into_iter().map(|row| format!("{table}: {row}")).collect()
}

fn lines(db: &mut Db, query: &str) -> Vec<String> {
    let lines: Vec<Line> = match db {
        Db::Sqlite(sqlite) => sql_query(query).load(sqlite).unwrap(),
        Db::Pg(pg) => sql_query(query).load(pg).unwrap(),
    };
    lines.into_iter().map(|line| line.line).collect()
}
