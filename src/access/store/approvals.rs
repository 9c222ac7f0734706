//! What members say yes to on their phones.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Id, Instant, MachineId, MemberId, Result},
    store::{Db, schema::power_approval},
};

/// A yes that waits for its badge.
#[derive(Debug)]
pub enum Approval {}

/// Writes a yes down.
pub fn insert(
    db: &mut Db,
    member: MemberId,
    machine: MachineId,
    (given_at, until): (Instant, Instant),
) -> Result<()> {
    insert_into(power_approval::table)
        .values((
            power_approval::id.eq(Id::<Approval>::new()),
            power_approval::member_id.eq(member),
            power_approval::machine_id.eq(machine),
            power_approval::given_at.eq(given_at),
            power_approval::until.eq(until),
            power_approval::used_at.eq(None::<Instant>),
        ))
        .execute(db)?;
    Ok(())
}

/// Uses up a yes of this member for this machine, if there is one; answers whether.
pub fn take(db: &mut Db, member: MemberId, machine: MachineId, now: Instant) -> Result<bool> {
    let live = power_approval::table
        .filter(power_approval::member_id.eq(member))
        .filter(power_approval::machine_id.eq(machine))
        .filter(power_approval::until.gt(now))
        .filter(power_approval::used_at.is_null());
    Ok(diesel::update(live).set(power_approval::used_at.eq(now)).execute(db)? > 0)
}

/// Forgets what nobody can use any more.
pub fn sweep(db: &mut Db, before: Instant) -> Result<()> {
    diesel::delete(power_approval::table.filter(power_approval::until.lt(before))).execute(db)?;
    Ok(())
}
