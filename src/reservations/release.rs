//! Give the place of a reservation back because nobody came, and tell its member.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    letters,
    model::State,
    store::{self, Filter},
};
use crate::{
    journal,
    kernel::{Instant, MachineId, PageRequest, ReservationId, Result},
    lab,
    machines::claims,
    outbox,
    store::{Db, Row, lock},
};

/// So far back one looks for reservations that began and are not over.
const LONGEST: TimeDelta = TimeDelta::days(8);

/// Confirmed reservations of a machine that began at this instant or before and are not over.
pub fn waiting(db: &mut Db, machine: MachineId, began: Instant, now: Instant) -> Result<Vec<ReservationId>> {
    let filter = Filter {
        machine: Some(machine),
        from: Some(now.max(began - LONGEST)),
        to: Some(began + TimeDelta::microseconds(1)),
        state: Some(State::Confirmed),
        ..Filter::default()
    };
    let all = PageRequest { limit: u16::MAX, after: None };
    let found = store::list(db, &filter, &all, now)?;
    Ok(found.into_iter().map(|booked| booked.reservation.id).collect())
}

/// Releases a reservation that is still confirmed; several instances may try at once.
pub fn release(db: &mut Db, id: ReservationId, now: Instant) -> Result<()> {
    let Some(seen) = store::find(db, id)? else { return Ok(()) };
    lock(db, Row::Member, seen.reservation.member.uuid())?;
    store::hold_still(db, id)?;
    let Some(mut booked) =
        store::find(db, id)?.filter(|booked| booked.reservation.seen(now) == State::Confirmed)
    else {
        return Ok(());
    };
    let zone = lab::get(db)?.zone;
    let of = &mut booked.reservation;
    claims::release(db, of.machine, of.id.uuid())?;
    of.state = State::Released;
    (of.sequence, of.version) = (of.sequence + 1, of.version + 1);
    store::update(db, of)?;
    outbox::post(db, letters::released(&booked, zone), now)?;
    let entry = journal::Entry {
        at: now,
        actor: None,
        action: "reservation_released",
        subject_kind: "reservation",
        subject: id.uuid(),
        reason: None,
        details: json!({ "machine": booked.machine.slug, "starts_at": booked.reservation.period.start() }),
    };
    journal::note(db, entry)
}
