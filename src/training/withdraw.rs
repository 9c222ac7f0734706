//! A certification is suspended, given back, or revoked, each time for a reason.

use serde_json::json;

use super::{
    letters,
    model::{Certification, CertificationState},
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

/// Lifts a suspension. Refuses with `certification_over` if there is none to lift.
pub fn lift(db: &mut Db, id: CertificationId, by: MemberId, now: Instant) -> Result<Certification> {
    turn(db, id, (CertificationState::Valid, None), by, now)
}

fn withdraw(
    db: &mut Db,
    id: CertificationId,
    (state, reason): (CertificationState, &str),
    by: MemberId,
    now: Instant,
) -> Result<Withdrawn> {
    let certification = turn(db, id, (state, Some(reason)), by, now)?;
    let asking = machines::requiring(db, certification.training)?;
    let affected = machines::ahead_of_member(db, certification.member, &asking, now)?;
    Ok(Withdrawn { certification, affected })
}

/// The member's row keeps a booking that is being made apart from the loss of what it leans on.
fn turn(
    db: &mut Db,
    id: CertificationId,
    (state, reason): (CertificationState, Option<&str>),
    by: MemberId,
    now: Instant,
) -> Result<Certification> {
    let member = certifications::get(db, id)?.member;
    lock(db, Row::Member, member.uuid())?;
    let before = certifications::get(db, id)?;
    if !may_become(before.state, state) {
        return Err(Refusal::new(Code::CertificationOver).into());
    }
    let after = Certification {
        state,
        state_reason: reason.map(str::to_owned),
        state_by: Some(by),
        state_at: Some(now),
        ..before
    };
    certifications::set_state(db, &after)?;
    let training = trainings::by_id(db, after.training)?;
    let contact = people::contact(db, member)?;
    let lab = lab::get(db)?;
    outbox::post(db, letters::turned(&contact, &training, &after, &lab), now)?;
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: match state {
                CertificationState::Valid => "certification_restored",
                CertificationState::Suspended => "certification_suspended",
                CertificationState::Revoked => "certification_revoked",
            },
            subject_kind: "certification",
            subject: id.uuid(),
            reason: reason.map(str::to_owned),
            details: json!({ "member": member, "training": training.slug }),
        },
    )?;
    Ok(after)
}
