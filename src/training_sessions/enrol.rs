//! Somebody asks for a seat, and gets it or waits for one.

use serde_json::json;

use super::still::hold_still;
use crate::{
    gates::{session::review_seat, session_facts::gather_seat},
    journal::{self, Entry},
    kernel::{EnrolmentId, Error, Instant, MemberId, Result, TrainingSessionId},
    outbox,
    store::Db,
    training::{
        Enrolment, EnrolmentState, Place,
        letters::{self, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// Takes a seat for a member if one is left, else a place at the end of the waiting list.
///
/// `by` is the member, or staff who do it for them, which goes to the journal.
pub fn enrol(
    db: &mut Db,
    session: TrainingSessionId,
    member: MemberId,
    by: MemberId,
    now: Instant,
) -> Result<Place> {
    let before = hold_still(db, session, (&[member], &[]))?;
    let (contact, facts) = gather_seat(db, before, member)?;
    review_seat(&facts, now).map_err(Error::Refused)?;
    let place = sit_or_wait(db, session, member, now)?;
    let news = place.position.map_or(News::Confirmed, |position| News::Waiting { position });
    let scene = Scene::of(db, session)?;
    outbox::post(db, letters::news(&news, &contact, &place.enrolment, &scene), now)?;
    if by != member {
        note(db, &place.enrolment, by, now)?;
    }
    Ok(place)
}

fn sit_or_wait(db: &mut Db, session: TrainingSessionId, member: MemberId, now: Instant) -> Result<Place> {
    let seated = sessions::take_seat(db, session)?;
    let state = if seated { EnrolmentState::Enrolled } else { EnrolmentState::Waiting };
    let enrolment = Enrolment { id: EnrolmentId::new(), session, member, state, created_at: now };
    let enrolment = enrolments::insert(db, enrolment)?;
    if seated {
        return Ok(Place { enrolment, position: None });
    }
    sessions::touch(db, session)?;
    let position = enrolments::position(db, &enrolment)?;
    Ok(Place { enrolment, position: Some(position) })
}

fn note(db: &mut Db, enrolment: &Enrolment, by: MemberId, now: Instant) -> Result<()> {
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: "member_enrolled",
            subject_kind: "training_session",
            subject: enrolment.session.uuid(),
            reason: None,
            details: json!({ "member": enrolment.member, "state": enrolment.state }),
        },
    )
}

/// The place of a member in a session, if there is one.
pub fn place_of(db: &mut Db, session: TrainingSessionId, member: MemberId) -> Result<Option<Place>> {
    let Some(enrolment) = enrolments::live(db, session, member)? else { return Ok(None) };
    let waits = enrolment.state == EnrolmentState::Waiting;
    let position = if waits { Some(enrolments::position(db, &enrolment)?) } else { None };
    Ok(Some(Place { enrolment, position }))
}
