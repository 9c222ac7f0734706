//! Staff add, change and take away plugs.

use serde_json::{Map, json};

use super::{
    model::{Plug, Wiring},
    store,
};
use crate::{
    journal,
    kernel::{Code, Error, Instant, MachineId, MemberId, PlugId, Result},
    machines,
    power::{self, Intent},
    store::{Db, Row, lock},
};

/// Every plug.
pub fn list(db: &mut Db) -> Result<Vec<Plug>> {
    store::list(db)
}

/// The plug of this identifier, or `not_found`.
pub fn get(db: &mut Db, id: PlugId) -> Result<Plug> {
    store::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// Whether there is a plug before this machine.
pub fn is_before(db: &mut Db, machine: MachineId) -> Result<bool> {
    store::is_before(db, machine)
}

/// Puts a plug before a machine. What was seen of the machine before is another device's.
///
/// # Errors
/// A field error for a machine that is unknown or has a plug, and for a relay that is another machine's; `plug_in_use`
/// while the machine is on for somebody: whoever switched it would be heard no more.
pub fn add(db: &mut Db, machine: &str, wiring: Wiring, by: MemberId, now: Instant) -> Result<Plug> {
    let machine =
        machines::store::find(db, machine)?.ok_or_else(|| Error::field("machine", "unknown_machine"))?;
    at_rest(db, machine.id)?;
    let plug = Plug {
        id: PlugId::new(),
        machine: machine.id,
        wiring,
        settings: Map::new(),
        settings_at: None,
        created_at: now,
    };
    store::insert(db, &plug)?;
    power::forget(db, machine.id)?;
    note(db, "plug_added", &plug, by, now)?;
    Ok(plug)
}

/// Finds a plug elsewhere on the broker, where `change` says; what it said of its settings is forgotten.
///
/// # Errors
/// `not_found`; `plug_in_use` while its machine is on for somebody; what `change` refuses.
pub fn change(
    db: &mut Db,
    id: PlugId,
    change: impl FnOnce(&Plug) -> Result<Wiring>,
    by: MemberId,
    now: Instant,
) -> Result<Plug> {
    let mut plug = get(db, id)?;
    at_rest(db, plug.machine)?;
    plug.wiring = change(&plug)?;
    (plug.settings, plug.settings_at) = (Map::new(), None);
    store::update(db, &plug)?;
    power::forget(db, plug.machine)?;
    note(db, "plug_changed", &plug, by, now)?;
    Ok(plug)
}

/// Takes a plug away, if `allowed`. Its machine is meant to be off from now on.
///
/// # Errors
/// `not_found`; `plug_in_use` while its machine is on for somebody; what `allowed` refuses.
pub fn remove(
    db: &mut Db,
    id: PlugId,
    allowed: impl FnOnce(&Plug) -> Result<()>,
    by: MemberId,
    now: Instant,
) -> Result<()> {
    let plug = get(db, id)?;
    at_rest(db, plug.machine)?;
    allowed(&plug)?;
    power::intend(db, plug.machine, Intent { on: false, until: None, session: None }, now)?;
    store::delete(db, id)?;
    power::forget(db, plug.machine)?;
    note(db, "plug_removed", &plug, by, now)
}

/// Nobody's session runs there, and none begins before this transaction ends. Whoever would wire a plug anew under
/// somebody's hands ends the session first, and sees whose it is.
fn at_rest(db: &mut Db, machine: MachineId) -> Result<()> {
    lock(db, Row::Machine, machine.uuid())?;
    let running = power::intended(db, machine)?.is_some_and(|meant| meant.on && meant.session.is_some());
    if running { Err(Error::refused(Code::PlugInUse)) } else { Ok(()) }
}

fn note(db: &mut Db, action: &'static str, plug: &Plug, by: MemberId, now: Instant) -> Result<()> {
    let Wiring { adapter, topic, channel, .. } = &plug.wiring;
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action,
        subject_kind: "plug",
        subject: plug.id.uuid(),
        reason: None,
        details: json!({ "machine": plug.machine, "adapter": adapter, "topic": topic, "channel": channel }),
    };
    journal::note(db, entry)
}
