//! Lockouts.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
};

use crate::{
    access::{hello::Latched, lockout::Lockout, model::Device},
    kernel::{ControllerId, Instant, LockoutId, MachineId, MemberId, Result},
    store::{
        Db, on,
        schema::{lockout, lockout_held},
    },
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

/// Locks a machine out, unless it is for trouble of this kind; answers whether.
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

/// What the log was told of a lockout.
pub fn words(db: &mut Db, id: LockoutId) -> Result<Vec<String>> {
    let words: String = lockout::table.find(id).select(lockout::words).get_result(db)?;
    Ok(serde_json::from_str(&words).context("lockout.words as JSON")?)
}

/// Writes what the log was told of a lockout.
pub fn put_words(db: &mut Db, id: LockoutId, words: &[String]) -> Result<()> {
    let words = serde_json::to_string(words).context("lockout.words as JSON")?;
    diesel::update(lockout::table.find(id)).set(lockout::words.eq(words)).execute(db)?;
    Ok(())
}

/// The lockouts that hold on a machine, the first one first.
pub fn open_on(db: &mut Db, machine: MachineId) -> Result<Vec<Lockout>> {
    let rows: Vec<Row> = lockout::table
        .filter(lockout::machine_id.eq(machine))
        .filter(lockout::cleared_at.is_null())
        .order((lockout::at, lockout::id))
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Lockout::try_from).collect::<anyhow::Result<_>>()?)
}

/// Takes a lockout back, if nobody did; answers whether.
pub fn clear(db: &mut Db, id: LockoutId, by: MemberId, reason: &str, now: Instant) -> Result<bool> {
    let open = lockout::table.filter(lockout::id.eq(id)).filter(lockout::cleared_at.is_null());
    let cleared = (lockout::cleared_at.eq(now), lockout::cleared_by.eq(by), lockout::clear_reason.eq(reason));
    Ok(diesel::update(open).set(cleared).execute(db)? == 1)
}

/// Whether what a controller holds is news: not while the machine is locked out for it anyway, and not once staff have
/// taken back what the controller was told of. One that does not say what it was told hears of a clearance once, whatever
/// other controllers of the machine have heard.
pub fn is_news(db: &mut Db, controller: ControllerId, machine: MachineId, latched: &Latched) -> Result<bool> {
    let class: &'static str = latched.class.into();
    let of = || lockout::table.filter(lockout::machine_id.eq(machine)).filter(lockout::class.eq(class));
    let open: bool = select(exists(of().filter(lockout::cleared_at.is_null()))).get_result(db)?;
    if open {
        return Ok(false);
    }
    let known: bool = match latched.told {
        Some(false) => false,
        Some(true) => select(exists(of())).get_result(db)?,
        None => {
            let held = of().inner_join(lockout_held::table);
            select(exists(held.filter(lockout_held::controller_id.eq(controller)))).get_result(db)?
        }
    };
    Ok(!known)
}

/// A controller holds these lockouts, as the house and it both know.
pub fn hold(db: &mut Db, controller: ControllerId, those: &[LockoutId]) -> Result<()> {
    let row = |id: &LockoutId| (lockout_held::controller_id.eq(controller), lockout_held::lockout_id.eq(*id));
    let rows: Vec<_> = those.iter().map(row).collect();
    on!(db, |c| insert_into(lockout_held::table).values(rows).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// A controller hears now which lockouts hold on its machines, and which staff took back.
pub fn tell(db: &mut Db, device: &Device) -> Result<()> {
    let open = lockout::table
        .filter(lockout::machine_id.eq_any(device.machines.clone()))
        .filter(lockout::cleared_at.is_null());
    let open: Vec<LockoutId> = on!(db, |c| open.select(lockout::id).load(c))?;
    let held = lockout_held::table.filter(lockout_held::controller_id.eq(device.id));
    let known: Vec<LockoutId> = held.select(lockout_held::lockout_id).load(db)?;
    let new: Vec<LockoutId> = open.iter().filter(|id| !known.contains(id)).copied().collect();
    if !new.is_empty() {
        hold(db, device.id, &new)?;
    }
    for gone in known.iter().filter(|id| !open.contains(id)) {
        diesel::delete(lockout_held::table.find((device.id, *gone))).execute(db)?;
    }
    Ok(())
}
