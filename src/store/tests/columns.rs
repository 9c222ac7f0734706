use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use chrono::NaiveDate;
use diesel::{
    Connection, ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
    connection::{InstrumentationEvent, SimpleConnection},
};

use super::Place;
use crate::{
    kernel::{Id, Instant},
    store::{Db, on},
};

diesel::table! {
    use diesel::sql_types::{Date, Nullable};
    use crate::store::columns::{SqlId, SqlInstant};

    thing (id) {
        id -> SqlId,
        at -> SqlInstant,
        owner -> Nullable<SqlId>,
        until -> Nullable<SqlInstant>,
        day -> Date,
    }
}

struct Thing;

#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = thing, treat_none_as_default_value = false)]
struct Row {
    id: Id<Thing>,
    at: Instant,
    owner: Option<Id<()>>,
    until: Option<Instant>,
    day: NaiveDate,
}

fn open(place: &Place) -> Db {
    let mut db = Db::open(&place.url).unwrap();
    let table = match &db {
        Db::Sqlite(_) => {
            "CREATE TABLE thing (id BLOB NOT NULL CHECK (length(id) = 16) PRIMARY KEY, at INTEGER NOT NULL, owner BLOB,
             until INTEGER, day TEXT NOT NULL) STRICT, WITHOUT ROWID"
        }
        Db::Pg(_) => {
            "CREATE TABLE thing (id uuid PRIMARY KEY, at timestamptz NOT NULL, owner uuid, until timestamptz,
             day date NOT NULL)"
        }
    };
    db.batch_execute(table).unwrap();
    db
}

fn rows() -> Vec<Row> {
    [
        "1900-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2026-11-24T09:00:00.123456Z",
        "2999-12-31T23:59:59Z",
    ]
    .into_iter()
    .enumerate()
    .map(|(index, text)| {
        let at = text.parse().unwrap();
        let (owner, until) = if index % 2 == 0 { (None, None) } else { (Some(Id::new()), Some(at)) };
        Row { id: Id::new(), at, owner, until, day: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap() }
    })
    .collect()
}

#[test]
fn identifiers_and_instants_come_back_as_they_went_in() {
    for place in Place::all() {
        let mut db = open(&place);
        for row in rows() {
            diesel::insert_into(thing::table).values(&row).execute(&mut db).unwrap();
            let again: Row = thing::table.find(row.id).select(Row::as_select()).get_result(&mut db).unwrap();
            assert_eq!(again, row);
        }
    }
}

#[test]
fn identifiers_and_instants_are_compared_by_the_database() {
    for place in Place::all() {
        let mut db = open(&place);
        let rows = rows();
        let many: Vec<Row> = on!(&mut db, |c| diesel::insert_into(thing::table)
            .values(&rows)
            .returning(Row::as_returning())
            .get_results(c))
        .unwrap();
        assert_eq!(many, rows);
        let year: Instant = "2026-01-01T00:00:00Z".parse().unwrap();
        let late: Vec<Id<Thing>> =
            thing::table.filter(thing::at.ge(year)).order(thing::at).select(thing::id).load(&mut db).unwrap();
        assert_eq!(late, [rows[2].id, rows[3].id]);
        let owned: Vec<Instant> =
            thing::table.filter(thing::owner.eq(rows[1].owner)).select(thing::at).load(&mut db).unwrap();
        assert_eq!(owned, [rows[1].at]);
        let some = vec![rows[0].id, rows[3].id];
        assert_eq!(
            thing::table.filter(thing::id.eq_any(some)).count().get_result::<i64>(&mut db).unwrap(),
            2
        );
        diesel::update(thing::table.find(rows[1].id))
            .set((thing::until.eq(None::<Instant>), thing::owner.eq(Some(Id::<()>::new()))))
            .execute(&mut db)
            .unwrap();
        assert_eq!(
            thing::table.filter(thing::until.is_null()).count().get_result::<i64>(&mut db).unwrap(),
            3
        );
    }
}

#[test]
fn statements_over_identifiers_and_instants_are_prepared_once() {
    for place in Place::all() {
        let mut db = open(&place);
        let prepared = Arc::new(AtomicUsize::new(0));
        let seen = prepared.clone();
        db.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                seen.fetch_add(1, Ordering::Relaxed);
            }
        });
        for row in rows() {
            diesel::insert_into(thing::table).values(&row).execute(&mut db).unwrap();
            thing::table
                .filter(thing::id.eq(row.id))
                .filter(thing::at.le(row.at))
                .select(Row::as_select())
                .load(&mut db)
                .unwrap();
        }
        assert_eq!(prepared.load(Ordering::Relaxed), 2);
    }
}
