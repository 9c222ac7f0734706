//! Free seats go to those who wait, the first first.

use super::{
    letters::{self, News},
    model::{Enrolment, EnrolmentState},
    rules,
    scene::Scene,
    store::{enrolments, sessions},
};
use crate::{
    kernel::{Instant, Result, TrainingSessionId},
    outbox, people,
    store::Db,
};

/// Gives every free seat of a locked session to who waits, with a letter to each.
pub fn promote(db: &mut Db, session: TrainingSessionId, now: Instant) -> Result<Vec<Enrolment>> {
    let waiting = enrolments::in_state(db, session, EnrolmentState::Waiting)?;
    let free = sessions::get(db, session)?;
    let number = rules::moving_up(free.seats, free.taken, waiting.len());
    let mut moved = Vec::with_capacity(number);
    for one in waiting.into_iter().take(number) {
        if !sessions::take_seat(db, session)? {
            break;
        }
        enrolments::set_state(db, one.id, EnrolmentState::Enrolled, now)?;
        let one = Enrolment { state: EnrolmentState::Enrolled, ..one };
        let contact = people::contact(db, one.member)?;
        let scene = Scene::of(db, session)?;
        outbox::post(db, letters::news(&News::Promoted, &contact, &one, &scene), now)?;
        moved.push(one);
    }
    Ok(moved)
}
