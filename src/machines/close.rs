//! Close the lab, a workshop or a machine for a while, and open it again.

use serde_json::json;

use super::{affected::Hurt, store};
use crate::{
    journal,
    kernel::{ClosureId, Code, Error, Instant, MemberId, Period, Result},
    lab::{self, Closure, Scope, Timetable},
    store::{Db, is_duplicate},
};

/// What to close: at most one of the two is named; the lab where none is.
#[derive(Debug, Clone, Default)]
pub struct What {
    /// Slug or identifier of a workshop.
    pub workshop: Option<String>,
    /// Slug or identifier of a machine.
    pub machine: Option<String>,
}

/// Closes; answers the closure and everything ahead that it hurts.
///
/// # Errors
/// A field error where the period is over; `closure_exists` where the same is closed for the same period.
pub fn close(
    db: &mut Db,
    what: &What,
    (period, reason): (Period, &str),
    by: MemberId,
    now: Instant,
) -> Result<(Closure, Hurt)> {
    let scope = scope(db, what)?;
    if period.end() <= now {
        return Err(Error::field("ends_at", "in_past"));
    }
    let closure = Closure { id: ClosureId::new(), scope, period, reason: reason.to_owned() };
    store::hold_still(db, scope)?;
    lab::store::insert_closure(db, &closure, Some(by), now).map_err(exists_already)?;
    note(db, "closure_made", &closure, by, now)?;
    let hurt = Hurt::by(db, scope, period, now)?;
    Ok((closure, hurt))
}

/// Takes a closure back; `current` says whether the writer saw the closures as they now are.
pub fn reopen(
    db: &mut Db,
    id: ClosureId,
    current: impl Fn(&Timetable) -> Result<()>,
    by: MemberId,
    now: Instant,
) -> Result<()> {
    let before = lab::store::timetable_to_change(db)?;
    if !before.closures.iter().any(|closure| closure.id == id) {
        return Err(Error::refused(Code::NotFound));
    }
    current(&before)?;
    let closure = lab::store::delete_closure(db, id)?;
    note(db, "closure_taken_back", &closure, by, now)
}

/// Two staff may close the same at once: what the index says is said in words.
fn exists_already(error: Error) -> Error {
    if is_duplicate(&error) { Error::refused(Code::ClosureExists) } else { error }
}

fn scope(db: &mut Db, what: &What) -> Result<Scope> {
    match (&what.workshop, &what.machine) {
        (None, None) => Ok(Scope::Lab),
        (Some(key), None) => Ok(Scope::Workshop(store::named_workshop(db, key)?.id)),
        (None, Some(key)) => {
            let found = store::find(db, key)?.ok_or_else(|| Error::field("machine", "unknown_machine"))?;
            Ok(Scope::Machine(found.id))
        }
        (Some(_), Some(_)) => Err(Error::field("machine", "one_of_two")),
    }
}

fn note(db: &mut Db, action: &'static str, closure: &Closure, by: MemberId, now: Instant) -> Result<()> {
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action,
        subject_kind: "closure",
        subject: closure.id.uuid(),
        reason: Some(closure.reason.clone()),
        details: json!({ "starts_at": closure.period.start(), "ends_at": closure.period.end() }),
    };
    journal::note(db, entry)
}
