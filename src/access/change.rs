//! Staff rename a controller, or bind it to other machines.

use serde_json::{Value as Json, json};

use super::{
    finish::{End, finish},
    model::Record,
    rules,
    session::EndReason,
    store,
};
use crate::{
    journal,
    kernel::{Code, ControllerId, Error, Instant, MachineId, MemberId, Result},
    machines,
    store::Db,
    web::{IfMatch, etag},
};

/// What is to change; what is absent stays as it is.
#[derive(Debug, Clone)]
pub struct Change {
    /// What it is to be called.
    pub name: Option<String>,
    /// The machines it acts on from now on, by slug or identifier.
    pub machines: Option<Vec<String>>,
}

/// The version of a controller as readers hold it.
#[must_use]
pub fn tag_of(record: &Record) -> etag::Tag {
    etag::tag(&[&"controller", &record.id, &record.version])
}

/// The controller of this identifier. Refuses with `not_found` when there is none.
pub fn get(db: &mut Db, id: ControllerId) -> Result<Record> {
    store::controllers::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// Every controller, the newest first; those that wait in vain are left out.
pub fn list(db: &mut Db, now: Instant) -> Result<Vec<Record>> {
    let mut all = store::controllers::list(db)?;
    all.retain(|record| record.waiting.as_ref().is_none_or(|waiting| waiting.until > now));
    Ok(all)
}

/// Changes a controller that is trusted.
///
/// # Errors
/// `controller_waiting` or `controller_revoked` for one that is not; a field error for an unknown machine.
pub fn change(
    db: &mut Db,
    by: MemberId,
    which: (ControllerId, &IfMatch),
    change: &Change,
    now: Instant,
) -> Result<Record> {
    let mut record = get(db, which.0)?;
    which.1.allows(&tag_of(&record))?;
    rules::trusted(record.state)?;
    if let Some(name) = &change.name {
        record.name = Some(name.clone());
    }
    if let Some(keys) = &change.machines {
        record.machines = named(db, keys)?;
    }
    let record = store::controllers::update(db, &record)?;
    store::controllers::bind(db, record.id, &record.machines)?;
    let_go(db, by, &record, now)?;
    let details = json!({ "machines": record.machines });
    note(db, (Some(by), record.id), "controller_changed", details, now)?;
    Ok(record)
}

/// Ends the sessions of a controller at machines that are not its own any more: it cannot speak of them.
pub(super) fn let_go(db: &mut Db, by: MemberId, record: &Record, now: Instant) -> Result<()> {
    let open = store::sessions::all_open(db)?;
    let left = open.into_iter().filter(|session| session.controller == Some(record.id));
    for session in left.filter(|session| !record.machines.contains(&session.machine)) {
        finish(db, &session, End { at: now, reason: EndReason::Staff, by: Some(by) }, now)?;
    }
    Ok(())
}

/// The machines of these slugs or identifiers, each once.
pub(super) fn named(db: &mut Db, keys: &[String]) -> Result<Vec<MachineId>> {
    let mut found = Vec::new();
    for (at, key) in keys.iter().enumerate() {
        let machine = machines::store::find(db, key)?;
        let machine = machine.ok_or_else(|| Error::field(format!("machines[{at}]"), "unknown_machine"))?;
        if !found.contains(&machine.id) {
            found.push(machine.id);
        }
    }
    Ok(found)
}

/// Notes what was done to a controller, and by whom; nobody where it did it itself.
pub(super) fn note(
    db: &mut Db,
    (actor, controller): (Option<MemberId>, ControllerId),
    action: &'static str,
    details: Json,
    now: Instant,
) -> Result<()> {
    let subject = controller.uuid();
    journal::note(
        db,
        journal::Entry { at: now, actor, action, subject_kind: "controller", subject, reason: None, details },
    )
}
