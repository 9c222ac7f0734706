//! Lockouts.

use anyhow::Context;
use diesel::{insert_into, prelude::*};

use crate::{
    access::lockout::Lockout,
    kernel::{ControllerId, Instant, LockoutId, MachineId, MemberId, Result},
    store::{Db, on, schema::lockout},
};

/// A lockout as it is kept.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = lockout, treat_none_as_default_value = false)]
pub struct Row {
    id: LockoutId,
    machine_id: MachineId,
    class: String,
    reason: Option<String>,
    member_id: Option<MemberId>,
    controller_id: Option<ControllerId>,
    at: Instant,
    cleared_at: Option<Instant>,
}

impl TryFrom<Row> for Lockout {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.id,
            machine: row.machine_id,
            class: row.class.parse().context("lockout.class")?,
            reason: row.reason,
            by: row.member_id,
            controller: row.controller_id,
            at: row.at,
            cleared_at: row.cleared_at,
        })
    }
}

/// Locks a machine out, unless it is; answers whether.
pub fn insert(db: &mut Db, new: &Lockout) -> Result<bool> {
    let class: &'static str = new.class.into();
    let row = Row {
        id: new.id,
        machine_id: new.machine,
        class: class.to_owned(),
        reason: new.reason.clone(),
        member_id: new.by,
        controller_id: new.controller,
        at: new.at,
        cleared_at: new.cleared_at,
    };
    let written = on!(db, |c| insert_into(lockout::table).values(&row).on_conflict_do_nothing().execute(c))?;
    Ok(written == 1)
}

/// The lockout that holds on a machine.
pub fn open_on(db: &mut Db, machine: MachineId) -> Result<Option<Lockout>> {
    let row: Option<Row> = lockout::table
        .filter(lockout::machine_id.eq(machine))
        .filter(lockout::cleared_at.is_null())
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(Lockout::try_from).transpose()?)
}

/// Takes a lockout back, if nobody did; answers whether.
pub fn clear(db: &mut Db, id: LockoutId, by: MemberId, reason: &str, now: Instant) -> Result<bool> {
    let open = lockout::table.filter(lockout::id.eq(id)).filter(lockout::cleared_at.is_null());
    let cleared = (lockout::cleared_at.eq(now), lockout::cleared_by.eq(by), lockout::clear_reason.eq(reason));
    Ok(diesel::update(open).set(cleared).execute(db)? == 1)
}
