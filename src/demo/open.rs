//! What happens to which database.

use super::{book, happen, settle, stage::Stage, store, teach};
use crate::{
    blueprint::{self, Birth, LabFile},
    kernel::{Instant, Locale, Result, words::say},
    lab, people, reservations,
    store::Db,
    training,
};

/// What became of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It was empty and is full of life now.
    Filled,
    /// A demonstration was there already and is as it was.
    Found,
    /// It belongs to somebody and was left alone.
    Refused(Refused),
}

/// Why a database is not for demonstrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It holds a lab of its own.
    Lab,
    /// It holds people, though no lab.
    People,
}

/// Fills an empty database, in one write; everybody gets the password of this kept text.
pub fn open(db: &mut Db, file: &LabFile, password_hash: &str, now: Instant) -> Result<Opened> {
    match lab::store::find(db)? {
        Some(lab) if lab.demo => Ok(Opened::Found),
        Some(_) => Ok(Opened::Refused(Refused::Lab)),
        None if store::has_members(db)? => Ok(Opened::Refused(Refused::People)),
        None => fill(db, file, password_hash, now).map(|()| Opened::Filled),
    }
}

/// Why this database is none for a real lab, if it is none: one sentence for whoever tried. It is asked before the work
/// of describing a lab is done in vain, not only when the lab is to be served.
pub fn stands_in(db: &mut Db, language: Locale) -> Result<Option<String>> {
    let lab = lab::store::find(db)?;
    Ok(if lab.is_some_and(|lab| lab.demo) {
        Some(say(language, "cli-demo-lab", &[]))
    } else if store::has_demo_members(db)? {
        Some(say(language, "cli-demo-accounts", &[]))
    } else {
        None
    })
}

fn fill(db: &mut Db, file: &LabFile, password_hash: &str, now: Instant) -> Result<()> {
    blueprint::apply(db, file, Birth::Demonstration, now)?;
    let mut stage = Stage::set(db, now)?;
    settle::settle(db, &mut stage, password_hash)?;
    happen::happen(db, &stage)?;
    teach::teach(db, &mut stage)?;
    book::book(db, &mut stage)?;
    store::throw_letters_away(db)?;
    remind_nobody(db, now)
}

/// What would be reminded of at the first start counts as told.
fn remind_nobody(db: &mut Db, now: Instant) -> Result<()> {
    reservations::remind::due(db, now)?;
    people::remind::due(db, now)?;
    training::remind::due(db, now)?;
    store::keep_letters_in(db)
}
