//! Free seats go to those who wait, the first first.

use uuid::Uuid;

use super::still::hold_still;
use crate::{
    gates::{session::review_seat, session_facts::gather_seat},
    kernel::{Instant, Result, TrainingSessionId},
    outbox,
    store::Db,
    training::{
        Enrolment, EnrolmentState,
        letters::{self, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Gives every free seat of a session that stands still to who waits, with a letter to each. Whoever could not enrol
/// now, such as a suspended member or one who is expected elsewhere, keeps their place in the list and is passed over.
pub fn promote(db: &mut Db, session: TrainingSessionId, now: Instant) -> Result<Vec<Enrolment>> {
    let before = sessions::get(db, session)?;
    let mut moved = Vec::new();
    for one in enrolments::in_state(db, session, EnrolmentState::Waiting)? {
        let (contact, mut facts) = gather_seat(db, before.clone(), one.member)?;
        // They are in this session already, waiting; that is not held against them.
        facts.candidate.enrolled = false;
        if review_seat(&facts, now).is_err() {
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
    let session = TrainingSessionId::from_uuid(session);
    hold_still(db, session, (&[], &[]))?;
    promote(db, session, now).map(drop)
}
