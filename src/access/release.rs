//! Nobody came: a reservation gives its place back after the machine's delay, and its member is told.
//!
//! Only of machines that a controller switches, and only once that controller was heard of since the reservation began:
//! where no badge can be shown, nobody can be missed.

use uuid::Uuid;

use super::store;
use crate::{
    kernel::{Instant, ReservationId, Result},
    machines, reservations,
    store::Db,
};

/// The reservations that have waited for their member for longer than their machine does.
pub fn due(db: &mut Db, now: Instant) -> Result<Vec<Uuid>> {
    let mut due = Vec::new();
    for machine in store::controllers::bound(db)? {
        let (policy, _) = machines::power_policy(db, machine)?;
        let waiting = reservations::release::waiting(db, machine, now - policy.patience(), now)?;
        due.extend(waiting.into_iter().map(ReservationId::uuid));
    }
    Ok(due)
}

/// Releases a reservation nobody came for, in a transaction of its own. Whoever had the machine on in its time, by a
/// session that began before or under another reservation of theirs, has come: then it is used.
pub fn one(db: &mut Db, id: Uuid, now: Instant) -> Result<()> {
    let id = ReservationId::from_uuid(id);
    let Some(booked) = reservations::store::find(db, id)? else { return Ok(()) };
    let of = booked.reservation;
    if store::sessions::had_on(db, of.machine, of.member, of.period)? {
        return reservations::honour::honour(db, id);
    }
    if !store::controllers::heard_since(db, of.machine, of.period.start())? {
        return Ok(());
    }
    // Whoever was refused at the machine did come: the place stays theirs, and staff see why it stood still.
    let (policy, _) = machines::power_policy(db, of.machine)?;
    if store::scans::shown_since(db, of.machine, of.member, of.period.start() - policy.grace())? {
        return Ok(());
    }
    reservations::release::release(db, id, now)
}
