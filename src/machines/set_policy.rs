//! Decide how a machine is switched on.

use serde_json::json;

use super::{model::Machine, policy::PowerPolicy, store};
use crate::{
    journal,
    kernel::{Error, Instant, MemberId, Result},
    store::Db,
    web::etag::{self, IfMatch, Tag},
};

/// The tag of a version of a machine's policy.
#[must_use]
pub fn tag(machine: &Machine, version: i64) -> Tag {
    etag::tag(&[&machine.id, &"power", &version])
}

/// Decides; answers the version.
///
/// # Errors
/// Field errors where a number is out of its range.
pub fn set_policy(
    db: &mut Db,
    key: &str,
    (policy, seen): (&PowerPolicy, &IfMatch),
    by: MemberId,
    now: Instant,
) -> Result<(Machine, i64)> {
    let mistakes = policy.mistakes();
    if !mistakes.is_empty() {
        return Err(Error::Invalid(mistakes));
    }
    let machine = store::get_to_change(db, key)?;
    let (before, version) = store::policy(db, machine.id)?;
    seen.allows(&tag(&machine, version))?;
    if before == *policy && version > 0 {
        return Ok((machine, version));
    }
    store::put_policy(db, machine.id, policy, version + 1)?;
    journal::note(
        db,
        journal::Entry {
            at: now,
            actor: Some(by),
            action: "power_policy_set",
            subject_kind: "machine",
            subject: machine.id.uuid(),
            reason: None,
            details: json!({ "slug": machine.slug, "policy": policy }),
        },
    )?;
    Ok((machine, version + 1))
}
