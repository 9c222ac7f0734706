//! A session is called off, and everybody in it is told why.

use serde_json::json;

use super::{
    letters::{self, News},
    model::{EnrolmentState, Session},
    scene::Scene,
    store::{enrolments, sessions},
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, Instant, MemberId, Result, TrainingSessionId},
    outbox, people,
    store::{Db, Row, lock},
};

/// Calls a session off. Refuses with `session_over` when it is over or was called off before.
///
/// Enrolments stay as they were, so that staff see whom it hurt.
pub fn call_off(
    db: &mut Db,
    id: TrainingSessionId,
    reason: &str,
    by: MemberId,
    now: Instant,
) -> Result<Session> {
    lock(db, Row::TrainingSession, id.uuid())?;
    let before = sessions::get(db, id)?;
    if before.cancelled_at.is_some() || before.period.end() <= now {
        return Err(Error::refused(Code::SessionOver));
    }
    let after = Session { cancelled_at: Some(now), version: before.version + 1, ..before };
    sessions::update(db, &after)?;
    let scene = Scene::of(db, id)?;
    for state in [EnrolmentState::Enrolled, EnrolmentState::Waiting] {
        for enrolment in enrolments::in_state(db, id, state)? {
            let contact = people::contact(db, enrolment.member)?;
            outbox::post(db, letters::news(&News::CalledOff { reason }, &contact, &enrolment, &scene), now)?;
        }
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
