//! A certification is suspended, given back, or revoked, each time for a reason.
//!
//! With it go the others that the member has of this training by then: a trainer stops a person, not a sheet of paper,
//! and every certification says of itself what [`super::rules::holding`] makes of it. One given afterwards counts again.

use anyhow::Context;
use serde_json::json;

use super::{
    letters,
    model::{Certification, CertificationState, Training},
    rules::may_become,
    store::{certifications, trainings},
};
use crate::{
    journal::{self, Entry},
    kernel::{CertificationId, Code, Instant, MemberId, Refusal, Result},
    lab,
    machines::{self, Affected},
    outbox, people,
    store::{Db, Row, lock},
};

/// What withdrawing a certification did.
#[derive(Debug)]
pub struct Withdrawn {
    /// The certification as it now stands.
    pub certification: Certification,
    /// Others of the same training that went with it.
    pub also: Vec<Certification>,
    /// Reservations ahead that would not be made any more. Staff decide about each.
    pub affected: Vec<Affected>,
}

/// Suspends a certification until somebody lifts it. Refuses with `certification_over` unless it is valid.
pub fn suspend(
    db: &mut Db,
    id: CertificationId,
    reason: &str,
    by: MemberId,
    now: Instant,
) -> Result<Withdrawn> {
    withdraw(db, id, (CertificationState::Suspended, reason), by, now)
}

/// Revokes a certification for ever. Refuses with `certification_over` if it is revoked already.
pub fn revoke(
    db: &mut Db,
    id: CertificationId,
    reason: &str,
    by: MemberId,
    now: Instant,
) -> Result<Withdrawn> {
    withdraw(db, id, (CertificationState::Revoked, reason), by, now)
}

/// Lifts a suspension, and that of the others of the same training. Refuses with `certification_over` if there is none to
/// lift.
pub fn lift(db: &mut Db, id: CertificationId, by: MemberId, now: Instant) -> Result<Certification> {
    let (lifted, _) = turn(db, id, (CertificationState::Valid, None), by, now)?;
    Ok(lifted)
}

fn withdraw(
    db: &mut Db,
    id: CertificationId,
    (state, reason): (CertificationState, &str),
    by: MemberId,
    now: Instant,
) -> Result<Withdrawn> {
    let (certification, also) = turn(db, id, (state, Some(reason)), by, now)?;
    let asking = machines::requiring(db, certification.training)?;
    let affected = machines::ahead_of_member(db, certification.member, &asking, now)?;
    Ok(Withdrawn { certification, also, affected })
}

/// The member's row keeps a booking that is being made apart from the loss of what it leans on. Answers the certification
/// as it now stands, and those that went with it.
fn turn(
    db: &mut Db,
    id: CertificationId,
    (state, reason): (CertificationState, Option<&str>),
    by: MemberId,
    now: Instant,
) -> Result<(Certification, Vec<Certification>)> {
    let member = certifications::get(db, id)?.member;
    lock(db, Row::Member, member.uuid())?;
    let before = certifications::get(db, id)?;
    if !may_become(before.state, state) {
        return Err(Refusal::new(Code::CertificationOver).into());
    }
    let training = trainings::by_id(db, before.training)?;
    let mut all = certifications::held(db, member, &[training.id])?;
    all.retain(|one| may_become(one.state, state));
    let mut also = Vec::new();
    for one in all {
        let after = Certification {
            state,
            state_reason: reason.map(str::to_owned),
            state_by: Some(by),
            state_at: Some(now),
            ..one
        };
        certifications::set_state(db, &after)?;
        note(db, &after, (&training, id), by, now)?;
        also.push(after);
    }
    let named = also.iter().position(|one| one.id == id).context("the certification that was named")?;
    let after = also.remove(named);
    let contact = people::contact(db, member)?;
    let lab = lab::get(db)?;
    outbox::post(db, letters::turned(&contact, &training, &after, &lab), now)?;
    Ok((after, also))
}

/// A line for each certification; where it went with another, the line says with which.
fn note(
    db: &mut Db,
    after: &Certification,
    (training, named): (&Training, CertificationId),
    by: MemberId,
    now: Instant,
) -> Result<()> {
    let with = (after.id != named).then_some(named);
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: match after.state {
                CertificationState::Valid => "certification_restored",
                CertificationState::Suspended => "certification_suspended",
                CertificationState::Revoked => "certification_revoked",
            },
            subject_kind: "certification",
            subject: after.id.uuid(),
            reason: after.state_reason.clone(),
            details: json!({ "member": after.member, "training": training.slug, "with": with }),
        },
    )
}
