//! Replace the weekly opening hours.

use serde_json::json;

use super::affected::{self, Affected};
use crate::{
    journal,
    kernel::{Instant, MemberId, Result, spans},
    lab::{self, OpeningSpan, Timetable, rules::usable},
    store::Db,
};

/// Replaces the hours; answers the reservations ahead that fall outside the new ones.
pub fn change_hours(
    db: &mut Db,
    spans: &[OpeningSpan],
    by: impl Into<Option<MemberId>>,
    now: Instant,
) -> Result<Vec<Affected>> {
    let before = lab::timetable(db)?;
    lab::store::replace_spans(db, spans)?;
    let after = Timetable { spans: spans.to_vec(), ..Timetable::clone(&before) };
    journal::note(
        db,
        journal::Entry {
            at: now,
            actor: by.into(),
            action: "opening_hours_changed",
            subject_kind: "lab",
            subject: before.lab.id.uuid(),
            reason: None,
            details: json!({ "spans": spans.len() }),
        },
    )?;
    let mut hurt = affected::ahead(db, now)?;
    hurt.retain(|one| was_open(&before, one) && !was_open(&after, one));
    Ok(hurt)
}

/// Whether a reservation starts in opening hours and, if it lies inside one day's span, ends in them.
fn was_open(timetable: &Timetable, one: &Affected) -> bool {
    one.period().is_some_and(|period| {
        let open = usable(&timetable.open(period, one.workshop(), one.machine_id), true);
        spans::cover(&open, period)
    })
}
