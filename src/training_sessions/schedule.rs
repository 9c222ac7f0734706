//! A session is put on the calendar.

use serde_json::json;

use super::rules::check_period;
use crate::{
    gates::{
        session::{SessionProposal, review_session},
        session_facts::{Still, gather_session},
    },
    journal::{self, Entry},
    kernel::{Error, Exception, Instant, MachineId, MemberId, Period, Result, TrainingId, TrainingSessionId},
    machines::claims,
    outbox, people,
    store::Db,
    training::{
        Session,
        letters::{self, Duty},
        scene::Scene,
        store::{sessions, trainings},
    },
};

/// A session to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is taught.
    pub training: TrainingId,
    /// By whom.
    pub trainer: MemberId,
    /// When.
    pub period: Period,
    /// Where.
    pub place: Option<String>,
    /// For how many.
    pub seats: i32,
    /// The machines it uses.
    pub machines: Vec<MachineId>,
    /// Gates that staff let pass.
    pub exception: Option<Exception>,
}

/// Puts a session on the calendar and holds its machines.
///
/// # Errors
/// A past or endless one; somebody who may not give the training; every refusal of the rule book at once.
pub fn schedule(db: &mut Db, proposal: &Proposal, by: MemberId, now: Instant) -> Result<Session> {
    check_period(proposal.period, !proposal.machines.is_empty(), now)?;
    may_teach(db, proposal.training, proposal.trainer)?;
    let session = Session {
        id: TrainingSessionId::new(),
        training: proposal.training,
        trainer: proposal.trainer,
        period: proposal.period,
        place: proposal.place.clone(),
        seats: proposal.seats,
        taken: 0,
        cancelled_at: None,
        exception: proposal.exception.clone(),
        version: 1,
    };
    let machines = proposal.machines.clone();
    Still { members: vec![session.trainer], machines, session: None }.hold(db)?;
    let asked = asked(&session);
    let facts = gather_session(db, &asked, (&proposal.machines, session.trainer), now)?;
    let accepted = review_session(&asked, &facts).map_err(Error::Refused)?;
    for claim in accepted.claims() {
        claims::insert(db, claim)?;
    }
    sessions::insert(db, &session, now)?;
    let held: Vec<MachineId> = accepted.claims().iter().map(|claim| claim.machine).collect();
    sessions::set_machines(db, session.id, &held)?;
    if by != session.trainer {
        duty(db, &Duty::Given, &session, session.trainer, now)?;
    }
    note(db, ("training_session_scheduled", by), &session, &held, now)?;
    Ok(session)
}

/// Refuses, beside its field, somebody who neither gives this training nor is staff.
pub(super) fn may_teach(db: &mut Db, training: TrainingId, trainer: MemberId) -> Result<()> {
    if teaches(db, training, trainer)? { Ok(()) } else { Err(Error::field("trainer", "not_its_trainer")) }
}

/// Whether somebody gives this training, or is staff.
pub(super) fn teaches(db: &mut Db, training: TrainingId, trainer: MemberId) -> Result<bool> {
    let appointed = trainings::is_trainer(db, training, trainer)? && trainings::has_role(db, trainer)?;
    Ok(appointed || trainings::is_staff(db, trainer)?)
}

/// What the rule book is asked about a session.
pub(super) fn asked(session: &Session) -> SessionProposal {
    SessionProposal {
        session: session.id,
        period: session.period,
        people: session.seats + 1,
        overrides: session.exception.as_ref().map(|exception| exception.gates.clone()).unwrap_or_default(),
    }
}

/// Tells whoever teaches, or taught, what became of their session.
pub(super) fn duty(
    db: &mut Db,
    duty: &Duty<'_>,
    session: &Session,
    trainer: MemberId,
    now: Instant,
) -> Result<()> {
    let (contact, scene) = (people::contact(db, trainer)?, Scene::of(db, session.id)?);
    outbox::post(db, letters::duty(duty, &contact, &scene), now)
}

pub(super) fn note(
    db: &mut Db,
    (action, by): (&'static str, MemberId),
    session: &Session,
    machines: &[MachineId],
    now: Instant,
) -> Result<()> {
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action,
            subject_kind: "training_session",
            subject: session.id.uuid(),
            reason: session.exception.as_ref().map(|exception| exception.reason.clone()),
            details: json!({
                "training": session.training,
                "trainer": session.trainer,
                "starts_at": session.period.start(),
                "ends_at": session.period.end(),
                "place": session.place,
                "seats": session.seats,
                "machines": machines,
                "overrides": session.exception.as_ref().map(|exception| &exception.gates),
            }),
        },
    )
}
