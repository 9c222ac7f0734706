//! The floor of bookings: the same statements, prepared, in a loop around the database and nothing else.

use std::{
    fmt::Write,
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use rusqlite::{
    Connection as Sqlite, Statement as Prepared,
    types::{ToSqlOutput, Value, ValueRef},
};
use uuid::Uuid;

use crate::{
    lab::{Lab, Slot},
    slices::{self, SLICE},
    statements::{Piece, Statement},
};

/// A connection with the settings of the house.
pub fn sqlite(file: &Path) -> Sqlite {
    let sqlite = Sqlite::open(file).unwrap();
    sqlite
        .execute_batch(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;
             PRAGMA wal_autocheckpoint = 1000; PRAGMA synchronous = FULL",
        )
        .unwrap();
    sqlite
}

/// Books slot after slot on one connection, one commit each, for a slice; how many a second.
pub fn books_sqlite(sqlite: &Sqlite, statements: &[Statement], lab: &Lab, next: &AtomicUsize) -> f64 {
    sqlite.set_prepared_statement_cache_capacity(64);
    slices::repeat(|| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let slot = lab.slot(number);
        for statement in statements {
            let mut prepared = sqlite.prepare_cached(&statement.sql).unwrap();
            for (place, piece) in statement.pieces.iter().enumerate() {
                bind(&mut prepared, place + 1, piece, (&slot, number));
            }
            let columns = prepared.column_count();
            let mut rows = prepared.raw_query();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    std::hint::black_box(row.get_ref(column).unwrap());
                }
            }
        }
    })
}

fn bind(prepared: &mut Prepared<'_>, place: usize, piece: &Piece, (slot, number): (&Slot<'_>, usize)) {
    let blob = |id: Uuid| Value::Blob(id.as_bytes().to_vec());
    let value = match piece {
        Piece::Null => Value::Null,
        Piece::Number(number) | Piece::At(number) => Value::Integer(*number),
        Piece::After(micros) => Value::Integer(slot.period.start().micros() + micros),
        Piece::Text(kept) => {
            let borrowed = ToSqlOutput::Borrowed(ValueRef::Text(kept.as_bytes()));
            return prepared.raw_bind_parameter(place, borrowed).unwrap();
        }
        Piece::Slug => Value::Text(slot.machine.slug.clone()),
        Piece::Known(id) => blob(*id),
        Piece::Member => blob(slot.member.id.uuid()),
        Piece::Machine => blob(slot.machine.id.uuid()),
        Piece::Workshop => blob(slot.machine.workshop.uuid()),
        Piece::Fresh(which) => blob(fresh(number, *which)),
    };
    prepared.raw_bind_parameter(place, value).unwrap();
}

/// Identifiers that grow like those of the house, and cost nothing.
fn fresh(number: usize, which: usize) -> Uuid {
    Uuid::from_u128((0x0fff << 112) + (number * 16 + which) as u128)
}

/// Books slot after slot on so many connections at once, one commit each, for a slice; how many a second.
pub fn books_postgres(
    connections: &mut [PgConnection],
    statements: &[Statement],
    lab: &Lab,
    next: &AtomicUsize,
) -> f64 {
    let (start, begun) = (Barrier::new(connections.len()), Instant::now());
    let done = AtomicUsize::new(0);
    thread::scope(|scope| {
        for pg in connections {
            scope.spawn(|| {
                start.wait();
                while begun.elapsed() < SLICE {
                    book_postgres(pg, statements, lab, next.fetch_add(1, Ordering::Relaxed));
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    done.into_inner() as f64 / begun.elapsed().as_secs_f64()
}

/// A connection on which every statement is prepared.
pub fn postgres(url: &str, statements: &[Statement]) -> PgConnection {
    let mut pg = PgConnection::establish(url).unwrap();
    for (number, statement) in
        statements.iter().enumerate().filter(|(_, statement)| !statement.pieces.is_empty())
    {
        pg.batch_execute(&format!("PREPARE s{number} AS {}", statement.sql)).unwrap();
    }
    pg
}

fn book_postgres(pg: &mut PgConnection, statements: &[Statement], lab: &Lab, number: usize) {
    let slot = lab.slot(number);
    let mut text = String::new();
    for (place, statement) in statements.iter().enumerate() {
        if statement.pieces.is_empty() {
            pg.batch_execute(&statement.sql).unwrap();
            continue;
        }
        text.clear();
        write!(text, "EXECUTE s{place}(").unwrap();
        for (place, piece) in statement.pieces.iter().enumerate() {
            text.push_str(if place > 0 { "," } else { "" });
            spell(&mut text, piece, (&slot, number));
        }
        text.push(')');
        pg.batch_execute(&text).unwrap();
    }
}

fn spell(text: &mut String, piece: &Piece, (slot, number): (&Slot<'_>, usize)) {
    let at = |micros: i64| etabli::kernel::Instant::from_micros(micros).unwrap();
    let written = match piece {
        Piece::Null => write!(text, "NULL"),
        Piece::Number(number) => write!(text, "{number}"),
        Piece::Text(kept) => write!(text, "'{}'", kept.replace('\'', "''")),
        Piece::At(micros) => write!(text, "'{}'", at(*micros)),
        Piece::After(micros) => write!(text, "'{}'", at(slot.period.start().micros() + micros)),
        Piece::Slug => write!(text, "'{}'", slot.machine.slug),
        Piece::Known(id) => write!(text, "'{id}'"),
        Piece::Member => write!(text, "'{}'", slot.member.id),
        Piece::Machine => write!(text, "'{}'", slot.machine.id),
        Piece::Workshop => write!(text, "'{}'", slot.machine.workshop),
        Piece::Fresh(which) => write!(text, "'{}'", fresh(number, *which)),
    };
    written.unwrap();
}
