//! The day before, a letter reminds whoever learns and whoever teaches. Run now and then; every letter is written once.
//!
//! The rule book is asked again first: where a session could not be held or a seat not taken as things stand, the letter
//! says so, and staff find the session among those that are affected.

use uuid::Uuid;

use super::reask;
use crate::{
    gates::{session::review_seat, session_facts::gather_seat},
    kernel::{Instant, Refusal, Result, TrainingSessionId},
    lab, outbox, people,
    store::Db,
    training::{
        EnrolmentState, letters,
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Sessions that start within a day of the calendar, up to this hour of the wall clock tomorrow.
pub fn due(db: &mut Db, now: Instant) -> Result<Vec<Uuid>> {
    let tomorrow = lab::get(db)?.zone.days_from(now, 1);
    Ok(sessions::starting(db, now, tomorrow)?.into_iter().map(TrainingSessionId::uuid).collect())
}

/// Reminds everybody of one session. Whoever took a seat within the last day has that letter in mind.
pub fn one(db: &mut Db, session: Uuid, now: Instant) -> Result<()> {
    let session = sessions::get(db, TrainingSessionId::from_uuid(session))?;
    if !session.is_open(now) {
        return Ok(());
    }
    let (against, scene) = (reask::refusals(db, &session, now)?, Scene::of(db, session.id)?);
    let trainer = people::contact(db, session.trainer)?;
    outbox::post(db, letters::reminder(&trainer, &scene, &against), now)?;
    let yesterday = scene.lab.zone.days_from(session.period.start(), -1);
    for enrolment in enrolments::in_state(db, session.id, EnrolmentState::Enrolled)? {
        let (contact, mut facts) = gather_seat(db, session.clone(), enrolment.member)?;
        // That they have their seat is not held against them.
        facts.candidate.enrolled = false;
        let mut reasons = against.clone();
        let own = review_seat(&facts, now).err().unwrap_or_default();
        let known = |one: &Refusal| against.iter().any(|other| other.code == one.code);
        reasons.extend(own.into_iter().filter(|one| !known(one)));
        if enrolment.created_at < yesterday || !reasons.is_empty() {
            outbox::post(db, letters::reminder(&contact, &scene, &reasons), now)?;
        }
    }
    Ok(())
}
