//! Somebody gives a seat back, and the first who waits gets it in the same instant.

use super::{promote::promote, still::hold_still};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Result, TrainingSessionId},
    outbox, people,
    store::Db,
    training::{
        EnrolmentState,
        letters::{self, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Gives back a seat, or a place in the waiting list. Refuses with `not_enrolled`, and with `session_over` once the
/// session has begun or was called off.
pub fn leave(db: &mut Db, session: TrainingSessionId, member: MemberId, now: Instant) -> Result<()> {
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
    outbox::post(db, letters::news(&News::Left, &contact, &enrolment, &scene), now)?;
    if enrolment.state == EnrolmentState::Enrolled {
        sessions::free_seat(db, session)?;
        promote(db, session, now)?;
    }
    Ok(())
}
