//! Staff accept the device in front of them.

use serde_json::json;

use super::{
    change,
    model::{Record, State},
    rules, store,
};
use crate::{
    kernel::{Error, Instant, MachineId, MemberId, Result},
    store::Db,
};

/// What staff say of it.
#[derive(Debug, Clone)]
pub struct Accepting {
    /// The code on its display.
    pub code: String,
    /// What it is to be called.
    pub name: String,
    /// The machines it acts on, by slug or identifier.
    pub machines: Vec<String>,
}

/// Trusts the device that shows this code, for these machines.
///
/// # Errors
/// A field error where no device shows this code, or a machine is unknown.
pub fn accept(db: &mut Db, by: MemberId, accepting: &Accepting, now: Instant) -> Result<Record> {
    let found = match rules::code(&accepting.code) {
        Some(code) => store::controllers::by_code(db, &code)?,
        None => None,
    };
    let fresh = found.filter(|found| found.waiting.as_ref().is_some_and(|waiting| waiting.until > now));
    let waiting = fresh.ok_or_else(|| Error::field("code", "unknown_pairing_code"))?;
    let machines: Vec<MachineId> = change::named(db, &accepting.machines)?;
    let accepted = store::controllers::update(
        db,
        &Record {
            state: State::Active,
            name: Some(accepting.name.clone()),
            waiting: None,
            accepted_at: Some(now),
            machines: machines.clone(),
            ..waiting
        },
    )?;
    store::controllers::bind(db, accepted.id, &machines)?;
    let details = json!({ "public_key": accepted.public_key, "machines": machines });
    change::note(db, (Some(by), accepted.id), "controller_accepted", details, now)?;
    Ok(accepted)
}
