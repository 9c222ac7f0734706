//! The statements that a booking really runs, as the database hears them, ready to be run again for other slots.
//!
//! They are not copied by hand: diesel tells them, so the floor follows the house. Values come as words and are
//! understood here: who books which machine when is put in anew each time, the rest stays.

use std::sync::{Arc, Mutex};

use actix_web::rt::System;
use diesel::connection::{Connection, InstrumentationEvent};
use etabli::{
    kernel::Instant,
    reservations::make::{self, Wish},
    store::{DatabaseUrl, Store, StoreOptions},
};
use uuid::Uuid;

use crate::lab::{Lab, Slot};

/// A statement and what to put in it.
pub struct Statement {
    pub sql: String,
    pub pieces: Vec<Piece>,
}

/// A value of a statement.
pub enum Piece {
    Null,
    Number(i64),
    Text(String),
    /// An identifier that stays.
    Known(Uuid),
    /// An instant that stays, in microseconds.
    At(i64),
    Member,
    Machine,
    Slug,
    Workshop,
    /// An identifier made for this booking; the same number is the same one.
    Fresh(usize),
    /// So many microseconds after the start.
    After(i64),
}

/// Books twice and listens the second time, when everything that is kept in memory is there. From its first statement
/// to its commit, which is the last.
pub fn of_a_booking(url: &DatabaseUrl, lab: &Lab, (first, second): (usize, usize)) -> Vec<Statement> {
    let store = Store::open(url, &StoreOptions { postgres_threads: 1, ..StoreOptions::default() }).unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&heard);
    System::new().block_on(async {
        make::make(&store, wish(&lab.slot(first)), lab.now).await.unwrap();
        let listen = store.write(move |db| {
            db.set_instrumentation(listening(Arc::clone(&listener)));
            Ok(())
        });
        listen.await.unwrap();
        make::make(&store, wish(&lab.slot(second)), lab.now).await.unwrap();
    });
    store.close();
    let heard = std::mem::take(&mut *heard.lock().unwrap());
    let slot = lab.slot(second);
    let mut fresh = Vec::new();
    let all = heard.into_iter().map(|text| understand(&text, &slot, lab.now, &mut fresh));
    // The first thing heard is the commit of the write that began to listen.
    all.skip_while(|statement| !statement.sql.starts_with("BEGIN")).collect()
}

fn wish(slot: &Slot<'_>) -> Wish {
    Wish {
        machine: slot.machine.slug.clone(),
        member: None,
        period: slot.period,
        note: None,
        exception: None,
        by: slot.member.id,
    }
}

fn listening(heard: Arc<Mutex<Vec<String>>>) -> impl FnMut(InstrumentationEvent<'_>) + Send + 'static {
    move |event| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            heard.lock().unwrap().push(query.to_string());
        }
    }
}

fn understand(text: &str, slot: &Slot<'_>, now: Instant, fresh: &mut Vec<Uuid>) -> Statement {
    let (sql, values) = text.split_once(" -- binds: ").unwrap_or((text, "[]"));
    let words = words(values.trim().trim_start_matches('[').trim_end_matches(']'));
    let writes = sql.starts_with("INSERT");
    let pieces = words.iter().map(|word| piece(word, slot, now, (writes, fresh))).collect();
    Statement { sql: sql.to_owned(), pieces }
}

fn piece(word: &str, slot: &Slot<'_>, now: Instant, (writes, fresh): (bool, &mut Vec<Uuid>)) -> Piece {
    let word = word.strip_prefix("Some(").and_then(|inner| inner.strip_suffix(')')).unwrap_or(word);
    if word == "None" {
        Piece::Null
    } else if let Some(text) = word.strip_prefix('"') {
        let text = unescaped(text.strip_suffix('"').unwrap());
        if text == slot.machine.slug { Piece::Slug } else { Piece::Text(text) }
    } else if let Ok(number) = word.parse() {
        Piece::Number(number)
    } else if let Ok(id) = word.parse::<Uuid>() {
        match id {
            _ if id == slot.member.id.uuid() => Piece::Member,
            _ if id == slot.machine.id.uuid() => Piece::Machine,
            _ if id == slot.machine.workshop.uuid() => Piece::Workshop,
            _ if !writes => Piece::Known(id),
            _ => Piece::Fresh(fresh.iter().position(|known| *known == id).unwrap_or_else(|| {
                fresh.push(id);
                fresh.len() - 1
            })),
        }
    } else if let Ok(at) = word.parse::<Instant>() {
        let (at, start, now) = (at.micros(), slot.period.start().micros(), now.micros());
        // Nearer to the period than to the present: it goes with the period.
        if (at - start).abs() < (at - now).abs() { Piece::After(at - start) } else { Piece::At(at) }
    } else {
        match word {
            "true" => Piece::Number(1),
            "false" => Piece::Number(0),
            date => Piece::Text(date.to_owned()),
        }
    }
}

/// Splits a list at its commas, those inside quotes apart.
fn words(list: &str) -> Vec<String> {
    let (mut all, mut word, mut quoted, mut escaped) = (Vec::new(), String::new(), false, false);
    for sign in list.chars() {
        match sign {
            ',' if !quoted => all.push(std::mem::take(&mut word)),
            ' ' if !quoted => {}
            _ => {
                if sign == '"' && !escaped {
                    quoted = !quoted;
                }
                word.push(sign);
            }
        }
        escaped = sign == '\\' && !escaped;
    }
    all.extend(Some(word).filter(|word| !word.is_empty()));
    all
}

/// What Rust's `Debug` did to a text, undone where it matters: its length.
fn unescaped(text: &str) -> String {
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}
