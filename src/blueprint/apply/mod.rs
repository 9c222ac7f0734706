//! From nouns to rows, in one write: what is new is added, what differs is changed, the rest is not touched.

mod place;
mod rights;
mod workshops;

use super::model::LabFile;
use crate::{
    journal::{self, Entry},
    kernel::{Instant, Locale, Result, words::say},
    lab::{self, Scope},
    machines::{self, Affected},
    store::Db,
};

/// What a lab is made as, where there was none; it stays what it is afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// For real people.
    Production,
    /// For a look around; never served as a production lab.
    Demonstration,
}

/// What a file speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// The place itself.
    Lab,
    /// Its weekly hours.
    Hours,
    /// A closure.
    Closure,
    /// A plan.
    Plan,
    /// A training.
    Training,
    /// A workshop.
    Workshop,
    /// A machine.
    Machine,
}

/// One thing the file speaks of, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What kind of thing.
    pub kind: Kind,
    /// Its slug, or the words that tell it from others.
    pub called: String,
}

/// What applying a file did.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Added.
    pub made: Vec<Thing>,
    /// Changed.
    pub changed: Vec<Thing>,
    /// In the database and not in the file; left alone.
    pub left: Vec<Thing>,
    /// Reservations ahead that fall outside the new hours or into a new closure.
    pub hurt: Vec<Affected>,
}

/// What was found where a thing of the file belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    Made,
    Changed,
    Nothing,
}

/// Brings the database to what the file says.
///
/// Whoever changes a workshop or a machine meanwhile was first and is seen, or waits: what the file does not speak of,
/// such as a machine that is broken, stays as they said.
pub fn apply(db: &mut Db, file: &LabFile, birth: Birth, now: Instant) -> Result<Outcome> {
    machines::store::hold_workshops_still(db)?;
    machines::store::hold_still(db, Scope::Lab)?;
    let mut outcome = Outcome::default();
    place::lab(db, &file.lab, birth, &mut outcome, now)?;
    rights::trainings(db, &file.trainings, &mut outcome, now)?;
    rights::plans(db, &file.plans, &mut outcome, now)?;
    workshops::workshops(db, &file.workshops, &mut outcome, now)?;
    place::hours(db, &file.hours, &mut outcome, now)?;
    place::closures(db, &file.closures, &mut outcome, now)?;
    Ok(outcome)
}

impl Outcome {
    /// Whether the database was as the file says before.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.made.is_empty() && self.changed.is_empty()
    }

    fn record(&mut self, done: Done, kind: Kind, called: &str) {
        let thing = Thing { kind, called: called.to_owned() };
        match done {
            Done::Made => self.made.push(thing),
            Done::Changed => self.changed.push(thing),
            Done::Nothing => {}
        }
    }

    fn leave(&mut self, kind: Kind, called: &str) {
        self.left.push(Thing { kind, called: called.to_owned() });
    }
}

impl Thing {
    /// The thing in words: `machine scie-ruban`.
    #[must_use]
    pub fn in_words(&self, locale: Locale) -> String {
        let kind: &'static str = self.kind.into();
        format!("{} {}", say(locale, &format!("blueprint-kind-{kind}"), &[]), self.called)
            .trim_end()
            .to_owned()
    }
}

/// Writes down what was made or changed by the file; the file is nobody in particular.
fn note(
    db: &mut Db,
    action: &'static str,
    (kind, subject): (&'static str, uuid::Uuid),
    slug: &str,
    at: Instant,
) -> Result<()> {
    let details = serde_json::json!({ "slug": slug, "by": "lab apply" });
    journal::note(db, Entry { at, actor: None, action, subject_kind: kind, subject, reason: None, details })
}

/// The lab's own row speaks for things without a row of their own.
fn lab_id(db: &mut Db) -> Result<uuid::Uuid> {
    Ok(lab::get(db)?.id.uuid())
}
