//! When machines were looked after.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Id, Instant, MachineId, MemberId, Result},
    store::{Db, schema::machine_service},
};

/// A service of a machine.
#[derive(Debug)]
pub enum Done {}

/// Writes a service down.
pub fn insert(
    db: &mut Db,
    id: Id<Done>,
    (machine, by): (MachineId, MemberId),
    note: Option<&str>,
    now: Instant,
) -> Result<()> {
    insert_into(machine_service::table)
        .values((
            machine_service::id.eq(id),
            machine_service::machine_id.eq(machine),
            machine_service::at.eq(now),
            machine_service::member_id.eq(by),
            machine_service::note.eq(note),
        ))
        .execute(db)?;
    Ok(())
}

/// When a machine was looked after last.
pub fn last(db: &mut Db, machine: MachineId) -> Result<Option<Instant>> {
    let of = machine_service::table.filter(machine_service::machine_id.eq(machine));
    Ok(of.order(machine_service::at.desc()).select(machine_service::at).limit(1).get_result(db).optional()?)
}
