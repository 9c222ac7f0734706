//! Somebody gives a seat back, and the first who waits gets it in the same instant.

use serde_json::json;

use super::{promote::promote, still::hold_still};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, Instant, MemberId, Result, TrainingSessionId},
    outbox, people,
    store::Db,
    training::{
        Enrolment, EnrolmentState,
        letters::{self, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Who gives a seat back for whom, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because<'a> {
    /// The learner gives it up.
    Left,
    /// Whoever leads the session takes it back, for a reason.
    Removed {
        /// In their words; the learner reads it.
        reason: &'a str,
        /// Who.
        by: MemberId,
    },
}

/// Gives back a seat, or a place in the waiting list. Refuses with `not_enrolled`, and with `session_over` once the
/// session has begun or was called off.
pub fn leave(
    db: &mut Db,
    session: TrainingSessionId,
    member: MemberId,
    because: Because<'_>,
    now: Instant,
) -> Result<()> {
    let before = hold_still(db, session, (&[member], &[]))?;
    let enrolment =
        enrolments::live(db, session, member)?.ok_or_else(|| Error::refused(Code::NotEnrolled))?;
    if !before.is_open(now) {
        return Err(Error::refused(Code::SessionOver));
    }
    enrolments::set_state(db, enrolment.id, EnrolmentState::Cancelled, now)?;
    sessions::touch(db, session)?;
    let contact = people::contact(db, member)?;
    let scene = Scene::of(db, session)?;
    let news = match because {
        Because::Left => News::Left,
        Because::Removed { reason, by } => {
            note(db, &enrolment, (reason, by), now)?;
            News::Removed { reason }
        }
    };
    outbox::post(db, letters::news(&news, &contact, &enrolment, &scene), now)?;
    if enrolment.state == EnrolmentState::Enrolled {
        sessions::free_seat(db, session)?;
        promote(db, session, now)?;
    }
    Ok(())
}

fn note(db: &mut Db, enrolment: &Enrolment, (reason, by): (&str, MemberId), now: Instant) -> Result<()> {
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: "learner_removed",
            subject_kind: "training_session",
            subject: enrolment.session.uuid(),
            reason: Some(reason.to_owned()),
            details: json!({ "member": enrolment.member, "state": enrolment.state }),
        },
    )
}
