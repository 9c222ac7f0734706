//! Somebody is given a certification.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    letters,
    model::{Certification, CertificationState, Training},
    store::certifications,
};
use crate::{
    journal::{self, Entry},
    kernel::{CertificationId, Instant, MemberId, Result, TrainingSessionId},
    lab, outbox, people,
    store::Db,
};

/// A certification to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// To whom.
    pub member: MemberId,
    /// For what.
    pub training: Training,
    /// The last day it holds; for ever where nothing is said.
    pub valid_until: Option<NaiveDate>,
    /// What the trainer wrote.
    pub note: Option<String>,
    /// The session it comes from, if it does.
    pub session: Option<TrainingSessionId>,
}

/// Gives a certification, beside any the member had before, with a letter. Refuses with `not_found` where there is no
/// such member.
pub fn give(db: &mut Db, grant: Grant, by: Option<MemberId>, now: Instant) -> Result<Certification> {
    let contact = people::contact(db, grant.member)?;
    let certification = Certification {
        id: CertificationId::new(),
        member: grant.member,
        training: grant.training.id,
        given_by: by,
        given_at: now,
        valid_until: grant.valid_until,
        note: grant.note,
        session: grant.session,
        state: CertificationState::Valid,
        state_reason: None,
        state_by: None,
        state_at: None,
    };
    certifications::insert(db, &certification)?;
    let lab = lab::get(db)?;
    outbox::post(db, letters::given(&contact, &grant.training, &certification, &lab), now)?;
    journal::note(
        db,
        Entry {
            at: now,
            actor: by,
            action: "certification_given",
            subject_kind: "certification",
            subject: certification.id.uuid(),
            reason: certification.note.clone(),
            details: json!({
                "member": certification.member,
                "training": grant.training.slug,
                "valid_until": certification.valid_until,
                "session": certification.session,
            }),
        },
    )?;
    Ok(certification)
}
