//! Free seats go to those who wait, the first first.

use uuid::Uuid;

use super::{
    enrol::candidate,
    letters::{self, News},
    model::{Enrolment, EnrolmentState},
    rules::against_enrolling,
    scene::Scene,
    store::{enrolments, sessions},
};
use crate::{
    kernel::{Instant, Result, TrainingSessionId},
    lab, outbox,
    store::{Db, Row, lock},
};

/// Gives every free seat of a locked session to who waits, with a letter to each. Whoever could not enrol now, such as a
/// suspended member, keeps their place in the list and is passed over.
pub fn promote(db: &mut Db, session: TrainingSessionId, now: Instant) -> Result<Vec<Enrolment>> {
    let (before, zone) = (sessions::get(db, session)?, lab::get(db)?.zone);
    let mut moved = Vec::new();
    for one in enrolments::in_state(db, session, EnrolmentState::Waiting)? {
        let (contact, candidate) = candidate(db, one.member, zone, now)?;
        if !against_enrolling(&before, &candidate, zone, now).is_empty() {
            continue;
        }
        if !sessions::take_seat(db, session)? {
            break;
        }
        enrolments::set_state(db, one.id, EnrolmentState::Enrolled, now)?;
        let one = Enrolment { state: EnrolmentState::Enrolled, ..one };
        let scene = Scene::of(db, session)?;
        outbox::post(db, letters::news(&News::Promoted, &contact, &one, &scene), now)?;
        moved.push(one);
    }
    Ok(moved)
}

/// Sessions ahead with free seats and somebody who waits: whoever was passed over may have a seat by now.
pub fn due(db: &mut Db, now: Instant) -> Result<Vec<Uuid>> {
    Ok(sessions::undecided(db, now)?.into_iter().map(TrainingSessionId::uuid).collect())
}

/// Looks again at the waiting list of one session.
pub fn one(db: &mut Db, session: Uuid, now: Instant) -> Result<()> {
    lock(db, Row::TrainingSession, session)?;
    promote(db, TrainingSessionId::from_uuid(session), now).map(drop)
}
