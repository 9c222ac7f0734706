//! What stands at a machine when a badge is shown: one statement.

use diesel::{
    dsl::{AsSelect, Nullable},
    prelude::*,
};

use super::{lockouts, sessions};
use crate::{
    access::{lockout::Lockout, session::PowerSession},
    kernel::{MachineId, Name, PlugId, Result},
    machines::{
        MachineName, Outage, PowerPolicy,
        store::{OutageRow, PolicyRow},
    },
    store::{
        Db, MultiBackend, Row, lock,
        schema::{lockout, machine, plug, power_observed, power_policy, power_session},
    },
};

/// A machine, what its power asks, who has it on, and who locked it out.
#[derive(Debug, Clone)]
pub struct Scene {
    /// The machine.
    pub machine: MachineName,
    /// Why it is out of service, if it is, was or will be.
    pub outage: Option<Outage>,
    /// What its power asks.
    pub policy: PowerPolicy,
    /// The open session.
    pub session: Option<PowerSession>,
    /// The lockout that holds.
    pub lockout: Option<Lockout>,
    /// Whether its plug can be reached, as far as anybody knows; nothing where it has none.
    pub plug_answers: Option<bool>,
}

type Found = (
    (MachineId, String, String, String),
    OutageRow,
    Option<PolicyRow>,
    Option<sessions::Row>,
    Option<lockouts::Row>,
    (Option<PlugId>, Option<bool>),
);

/// What is read of a machine, and of what may stand there.
#[diesel::dsl::auto_type]
fn around() -> _ {
    let open = power_session::machine_id.eq(machine::id).and(power_session::ended_at.is_null());
    let held = lockout::machine_id.eq(machine::id).and(lockout::cleared_at.is_null());
    machine::table
        .left_join(power_policy::table)
        .left_join(power_session::table.on(open))
        .left_join(lockout::table.on(held))
        .left_join(plug::table.on(plug::machine_id.eq(machine::id)))
        .left_join(power_observed::table.on(power_observed::machine_id.eq(machine::id)))
}

type Columns = (
    (machine::id, machine::slug, machine::name_fr, machine::name_en),
    AsSelect<OutageRow, MultiBackend>,
    AsSelect<Option<PolicyRow>, MultiBackend>,
    AsSelect<Option<sessions::Row>, MultiBackend>,
    AsSelect<Option<lockouts::Row>, MultiBackend>,
    (Nullable<plug::id>, Nullable<power_observed::online>),
);

fn columns() -> Columns {
    (
        (machine::id, machine::slug, machine::name_fr, machine::name_en),
        OutageRow::as_select(),
        Option::<PolicyRow>::as_select(),
        Option::<sessions::Row>::as_select(),
        Option::<lockouts::Row>::as_select(),
        (plug::id.nullable(), power_observed::online.nullable()),
    )
}

/// The scene at the machine of this slug or identifier.
pub fn at(db: &mut Db, key: &str) -> Result<Option<Scene>> {
    // The database takes no word with a NUL in it, and no slug has one.
    if key.contains('\0') {
        return Ok(None);
    }
    // A machine may be locked out for several kinds of trouble: the first one is shown.
    let around = around().order(lockout::at).select(columns());
    let found: Option<Found> = match key.parse::<MachineId>() {
        Ok(id) => around.filter(machine::id.eq(id)).get_result(db).optional()?,
        Err(_) => around.filter(machine::slug.eq(key)).get_result(db).optional()?,
    };
    Ok(found.map(scene).transpose()?)
}

/// The scene, while nobody else begins a session there or locks the machine out before this transaction ends.
pub fn held(db: &mut Db, key: &str) -> Result<Option<Scene>> {
    let found = at(db, key)?;
    match found.as_ref().map(|scene| scene.machine.id).filter(|_| db.shares_writing()) {
        Some(machine) => {
            lock(db, Row::Machine, machine.uuid())?;
            at(db, &machine.to_string())
        }
        None => Ok(found),
    }
}

/// The scenes at all machines, in their order.
pub fn all(db: &mut Db) -> Result<Vec<Scene>> {
    let mut found: Vec<Found> =
        around().order((machine::position, machine::slug, lockout::at)).select(columns()).load(db)?;
    found.dedup_by_key(|found| found.0.0);
    Ok(found.into_iter().map(scene).collect::<anyhow::Result<_>>()?)
}

fn scene(
    ((id, slug, fr, en), outage, policy, session, lockout, (plug, online)): Found,
) -> anyhow::Result<Scene> {
    Ok(Scene {
        machine: MachineName { id, slug, name: Name { fr, en } },
        outage: outage.outage()?,
        policy: policy.map(PowerPolicy::try_from).transpose()?.unwrap_or_default(),
        session: session.map(PowerSession::try_from).transpose()?,
        lockout: lockout.map(Lockout::try_from).transpose()?,
        plug_answers: plug.map(|_| online == Some(true)),
    })
}
