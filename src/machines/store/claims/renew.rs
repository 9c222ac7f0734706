//! What a claim holds follows from the rules of its machine: it is written anew when they change.

use chrono::TimeDelta;
use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    kernel::{ClaimId, Id, Instant, MachineId, Result},
    machines::{claims::Kind, model::Machine},
    store::{
        Db,
        schema::{claim, machine},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    id: ClaimId,
    starts_at: Instant,
    ends_at: Instant,
    use_ends_at: Instant,
    kind: String,
    holder_id: Id<Uuid>,
    people: i32,
}

/// Writes anew what the claims of a machine hold that are not over: the clean-up after each, up to the start of the
/// next, and for reservations how many people stand in the workshop meanwhile. Answers the holders of those whose
/// clean-up is cut short, and of what cuts it: each pair would not be booked like this any more.
///
/// Starts do not move and no hold passes the next start, so that no write meets the constraint, in whatever order.
pub fn renew(db: &mut Db, machine: &Machine, from: Instant) -> Result<Vec<Uuid>> {
    let rows: Vec<Row> = claim::table
        .filter(claim::machine_id.eq(machine.id))
        .filter(claim::starts_at.gt(from - super::LONGEST))
        .filter(claim::use_ends_at.gt(from))
        .order(claim::starts_at)
        .select(Row::as_select())
        .load(db)?;
    let reservation: &'static str = Kind::Reservation.into();
    let mut clashing = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let whole = row.use_ends_at + machine.rules.buffer();
        let next = rows.get(place + 1).filter(|next| next.starts_at < whole);
        let end = next.map_or(whole, |next| next.starts_at);
        clashing.extend(next.into_iter().flat_map(|next| [row.holder_id.uuid(), next.holder_id.uuid()]));
        let people = if row.kind == reservation { i32::from(!machine.rules.unattended) } else { row.people };
        if (end, people) != (row.ends_at, row.people) {
            diesel::update(claim::table.find(row.id))
                .set((claim::ends_at.eq(end), claim::people.eq(people)))
                .execute(db)?;
        }
    }
    clashing.dedup();
    Ok(clashing)
}

/// What held the machine last before an instant may hold it for the whole clean-up again, now that the next one is gone
/// from there.
pub(super) fn before(db: &mut Db, machine_id: MachineId, instant: Instant) -> Result<()> {
    let of_machine = claim::table.filter(claim::machine_id.eq(machine_id));
    let last: Option<Row> = of_machine
        .filter(claim::starts_at.lt(instant))
        .filter(claim::starts_at.gt(instant - super::LONGEST))
        .order(claim::starts_at.desc())
        .select(Row::as_select())
        .first(db)
        .optional()?;
    let Some(last) = last else { return Ok(()) };
    let minutes: i32 = machine::table.find(machine_id).select(machine::buffer_minutes).get_result(db)?;
    let whole = last.use_ends_at + TimeDelta::minutes(minutes.into());
    if whole <= last.ends_at {
        return Ok(());
    }
    let next: Option<Instant> = of_machine
        .filter(claim::starts_at.gt(last.starts_at))
        .filter(claim::starts_at.lt(whole))
        .order(claim::starts_at)
        .select(claim::starts_at)
        .first(db)
        .optional()?;
    let end = next.map_or(whole, |next| next.min(whole));
    diesel::update(claim::table.find(last.id)).set(claim::ends_at.eq(end)).execute(db)?;
    Ok(())
}
