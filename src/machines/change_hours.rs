//! Replace the weekly opening hours.

use serde_json::json;

use super::{
    affected::{self, Hurt},
    affected_sessions::sessions_shut,
    store,
};
use crate::{
    journal,
    kernel::{Instant, MemberId, Result},
    lab::{self, OpeningSpan, Scope, Timetable},
    store::Db,
};

/// Replaces the hours; answers the reservations ahead that fall outside the new ones, or lose the
/// staff they had, and the training sessions that fall outside. `current` says whether the writer saw the hours as they now are.
pub fn change_hours(
    db: &mut Db,
    spans: &[OpeningSpan],
    current: impl Fn(&Timetable) -> Result<()>,
    by: Option<MemberId>,
    now: Instant,
) -> Result<Hurt> {
    store::hold_still(db, Scope::Lab)?;
    let before = lab::store::timetable_to_change(db)?;
    current(&before)?;
    lab::store::replace_spans(db, spans)?;
    let after = Timetable { spans: spans.to_vec(), ..Timetable::clone(&before) };
    journal::note(
        db,
        journal::Entry {
            at: now,
            actor: by,
            action: "opening_hours_changed",
            subject_kind: "lab",
            subject: before.lab.id.uuid(),
            reason: None,
            details: json!({ "spans": spans.len() }),
        },
    )?;
    let mut reservations = affected::ahead(db, now)?;
    reservations.retain(|one| one.held_by(&after) < one.held_by(&before));
    let sessions = sessions_shut(db, (&before, &after), now)?;
    Ok(Hurt { reservations, sessions })
}
