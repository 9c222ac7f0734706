//! Lockouts.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
};

use crate::{
    access::lockout::Lockout,
    kernel::{ControllerId, Instant, LockoutId, MachineId, MemberId, Result},
    power::LockClass,
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

/// Whether what a controller holds is news: not when it holds what it told itself, and has not heard yet that staff
/// took it back.
pub fn is_news(db: &mut Db, machine: MachineId, by: ControllerId, class: LockClass) -> Result<bool> {
    let class: &'static str = class.into();
    let untold = lockout::table
        .filter(lockout::machine_id.eq(machine))
        .filter(lockout::controller_id.eq(by))
        .filter(lockout::class.eq(class))
        .filter(lockout::cleared_at.is_not_null())
        .filter(lockout::told_at.is_null());
    Ok(!select(exists(untold)).get_result::<bool>(db)?)
}

/// The controller hears now which of its lockouts staff took back.
pub fn tell(db: &mut Db, controller: ControllerId, now: Instant) -> Result<()> {
    let untold = lockout::table
        .filter(lockout::controller_id.eq(controller))
        .filter(lockout::cleared_at.is_not_null())
        .filter(lockout::told_at.is_null());
    diesel::update(untold).set(lockout::told_at.eq(now)).execute(db)?;
    Ok(())
}
