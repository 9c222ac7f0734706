//! Staff take the trust in a controller back, for good. What runs on its machines by its word ends.

use serde_json::json;

use super::{
    change::{get, let_go, note},
    model::{Record, State},
    store,
};
use crate::{
    kernel::{Code, ControllerId, Error, Instant, MemberId, Result},
    store::Db,
};

/// Revokes a controller, accepted or waiting: its key opens nothing any more, and never will.
///
/// # Errors
/// `controller_revoked` when it was revoked already.
pub fn revoke(db: &mut Db, by: MemberId, id: ControllerId, reason: &str, now: Instant) -> Result<Record> {
    let record = get(db, id)?;
    if record.state == State::Revoked {
        return Err(Error::refused(Code::ControllerRevoked));
    }
    let revoked = Some((now, reason.to_owned()));
    let record = Record { state: State::Revoked, waiting: None, revoked, machines: Vec::new(), ..record };
    let record = store::controllers::update(db, &record)?;
    store::controllers::bind(db, id, &[])?;
    let_go(db, by, &record, now)?;
    let details = json!({ "public_key": record.public_key, "reason": reason });
    note(db, (Some(by), id), "controller_revoked", details, now)?;
    Ok(record)
}
