//! Somebody asks for a seat, and gets it or waits for one.

use serde_json::json;

use super::{
    letters::{self, News},
    model::{Enrolment, EnrolmentState},
    rules::{Candidate, against_enrolling},
    scene::Scene,
    store::{enrolments, sessions},
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, EnrolmentId, Error, Instant, MemberId, Result, TrainingSessionId, Zone},
    lab, outbox,
    people::{self, Contact},
    store::{Db, Row, lock},
};

/// A place in a session, or in its waiting list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// The place in the waiting list, from 1.
    pub position: Option<i64>,
}

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
    lock(db, Row::TrainingSession, session.uuid())?;
    let before = sessions::get(db, session)?;
    let zone = lab::get(db)?.zone;
    let (contact, candidate) = candidate(db, member, zone, now)?;
    let candidate = Candidate { enrolled: enrolments::live(db, session, member)?.is_some(), ..candidate };
    let against = against_enrolling(&before, &candidate, zone, now);
    if !against.is_empty() {
        return Err(Error::Refused(against));
    }
    let place = sit_or_wait(db, session, member, now)?;
    let news = place.position.map_or(News::Confirmed, |position| News::Waiting { position });
    let scene = Scene::of(db, session)?;
    outbox::post(db, letters::news(&news, &contact, &place.enrolment, &scene), now)?;
    if by != member {
        note(db, &place.enrolment, by, now)?;
    }
    Ok(place)
}

/// Who asks for a seat, and what is to be known of them; whether they sit in the session already is not asked.
pub(super) fn candidate(
    db: &mut Db,
    member: MemberId,
    zone: Zone,
    now: Instant,
) -> Result<(Contact, Candidate)> {
    let standing = people::standing(db, member, zone.day_of(now).date)?;
    let standing = standing.ok_or_else(|| Error::refused(Code::NotFound))?;
    let candidate = Candidate {
        email_confirmed: standing.email_confirmed,
        suspended: standing.suspension.map(|suspension| (suspension.until, suspension.reason)),
        enrolled: false,
    };
    Ok((standing.contact, candidate))
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
