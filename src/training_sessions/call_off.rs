//! A session is called off, and everybody in it is told why.

use serde_json::json;

use super::{schedule::duty, still::hold_still};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, Instant, MemberId, Result, TrainingSessionId},
    machines::claims,
    outbox, people,
    store::Db,
    training::{
        EnrolmentState, Session,
        letters::{self, Duty, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Calls a session off. Refuses with `session_over` when it is over or was called off before.
///
/// Enrolments stay as they were, so that staff see whom it hurt; its machines are free in the same instant.
pub fn call_off(
    db: &mut Db,
    id: TrainingSessionId,
    reason: &str,
    by: MemberId,
    now: Instant,
) -> Result<Session> {
    let before = hold_still(db, id, (&[], &[]))?;
    if before.cancelled_at.is_some() || before.period.end() <= now {
        return Err(Error::refused(Code::SessionOver));
    }
    let after = Session { cancelled_at: Some(now), version: before.version + 1, ..before };
    sessions::update(db, &after)?;
    for machine in sessions::machines_of(db, id)? {
        claims::release(db, machine, id.uuid())?;
    }
    let scene = Scene::of(db, id)?;
    for state in [EnrolmentState::Enrolled, EnrolmentState::Waiting] {
        for enrolment in enrolments::in_state(db, id, state)? {
            let contact = people::contact(db, enrolment.member)?;
            outbox::post(db, letters::news(&News::CalledOff { reason }, &contact, &enrolment, &scene), now)?;
        }
    }
    if by != after.trainer {
        duty(db, &Duty::CalledOff { reason }, &after, after.trainer, now)?;
    }
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: "training_session_cancelled",
            subject_kind: "training_session",
            subject: id.uuid(),
            reason: Some(reason.to_owned()),
            details: json!({ "training": after.training, "starts_at": after.period.start() }),
        },
    )?;
    Ok(after)
}
