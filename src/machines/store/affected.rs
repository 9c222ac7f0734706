//! Reservations ahead, with the names staff know them by.

use diesel::prelude::*;

use super::claims::LONGEST;
use crate::{
    kernel::{Instant, MachineId, MemberId, ReservationId, Result, WorkshopId},
    machines::{Affected, claims::Kind},
    store::{
        Db,
        schema::{claim, machine, member},
    },
};

#[derive(Queryable)]
struct Row {
    reservation: ReservationId,
    machine_id: MachineId,
    machine: String,
    member_id: Option<MemberId>,
    member: Option<String>,
    starts_at: Instant,
    ends_at: Instant,
    workshop: WorkshopId,
    unattended: bool,
}

impl From<Row> for Affected {
    fn from(row: Row) -> Self {
        let Row {
            reservation,
            machine_id,
            machine,
            member_id,
            member,
            starts_at,
            ends_at,
            workshop,
            unattended,
        } = row;
        Self { reservation, machine_id, machine, member_id, member, starts_at, ends_at, workshop, unattended }
    }
}

/// Reservations that are not over at `from`, in order of their start.
pub fn ahead(db: &mut Db, from: Instant) -> Result<Vec<Affected>> {
    let reservation: &'static str = Kind::Reservation.into();
    // Named one by one, so that the search walks the index of each machine from `from` on, and not the whole past.
    let machines: Vec<MachineId> = machine::table.select(machine::id).load(db)?;
    let rows: Vec<Row> = claim::table
        .inner_join(machine::table)
        .left_join(member::table)
        .filter(claim::machine_id.eq_any(machines))
        .filter(claim::starts_at.gt(from - LONGEST))
        .filter(claim::use_ends_at.gt(from))
        .filter(claim::kind.eq(reservation))
        .order((claim::starts_at, claim::id))
        .select((
            claim::holder_id,
            machine::id,
            machine::slug,
            claim::member_id,
            member::display_name.nullable(),
            claim::starts_at,
            claim::use_ends_at,
            machine::workshop_id,
            machine::unattended,
        ))
        .load(db)?;
    Ok(rows.into_iter().map(Affected::from).collect())
}
