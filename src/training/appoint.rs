//! Who may give a training is decided.

use serde_json::json;

use super::{model::Training, store::trainings};
use crate::{
    journal::{self, Entry},
    kernel::{Error, FieldError, Instant, MemberId, Result},
    people,
    store::Db,
};

/// From now on exactly these members give the training; each named by identifier or address.
///
/// Refuses, beside each name, who is not a member or has not the role of a trainer.
pub fn appoint(
    db: &mut Db,
    training: &Training,
    who: &[String],
    by: Option<MemberId>,
    now: Instant,
) -> Result<Vec<(MemberId, String)>> {
    let mut members = Vec::with_capacity(who.len());
    let mut wrong = Vec::new();
    for (at, who) in who.iter().enumerate() {
        let path = format!("members[{at}]");
        match people::find(db, who)? {
            None => wrong.push(FieldError::new(path, "unknown_member")),
            Some(one) if !trainings::has_role(db, one.id)? => {
                wrong.push(FieldError::new(path, "not_a_trainer"));
            }
            Some(one) => members.push(one.id),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    members.sort_unstable();
    members.dedup();
    trainings::set_trainers(db, training.id, &members)?;
    journal::note(
        db,
        Entry {
            at: now,
            actor: by,
            action: "trainers_appointed",
            subject_kind: "training",
            subject: training.id.uuid(),
            reason: None,
            details: json!({ "members": members }),
        },
    )?;
    trainings::trainers(db, training.id)
}
