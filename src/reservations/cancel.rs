//! Cancel a reservation: the place is free in the same instant, and the member is told by whom and why.

use serde_json::json;

use super::{
    letters,
    model::{Booked, Cancelled, State},
    read, rules, store,
};
use crate::{
    journal,
    kernel::{Instant, ReservationId, Result},
    lab,
    machines::{self, claims},
    outbox,
    people::caller::Caller,
    store::Db,
};

/// Cancels.
///
/// # Errors
/// `reservation_over`, `too_late_to_cancel`.
pub fn cancel(
    db: &mut Db,
    id: ReservationId,
    by: &Caller,
    reason: Option<&str>,
    now: Instant,
) -> Result<Booked> {
    let mut booked = read::get_to_change(db, id, by)?;
    let machine = machines::get(db, &booked.machine.slug)?;
    let zone = lab::timetable(db)?.lab.zone;
    let of = &mut booked.reservation;
    rules::still_live(of, now)?;
    rules::in_time_to_cancel(of, &machine.rules, zone, by.roles.is_staff(), now)?;

    claims::release(db, of.machine, of.id.uuid())?;
    of.state = State::Cancelled;
    of.cancelled = Some(Cancelled { at: now, by: by.id, reason: reason.map(ToOwned::to_owned) });
    (of.sequence, of.version) = (of.sequence + 1, of.version + 1);
    store::update(db, of)?;
    outbox::post(db, letters::cancelled(&booked, by, zone), now)?;
    note(db, &booked, by, now)?;
    Ok(booked)
}

fn note(db: &mut Db, booked: &Booked, by: &Caller, now: Instant) -> Result<()> {
    let of = &booked.reservation;
    if by.id == of.member {
        return Ok(());
    }
    let entry = journal::Entry {
        at: now,
        actor: Some(by.id),
        action: "reservation_cancelled",
        subject_kind: "reservation",
        subject: of.id.uuid(),
        reason: of.cancelled.as_ref().and_then(|cancelled| cancelled.reason.clone()),
        details: json!({ "machine": booked.machine.slug, "starts_at": of.period.start() }),
    };
    journal::note(db, entry)
}
