//! A session is put on the calendar, or changes while it is still ahead.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    letters::{self, News},
    model::{EnrolmentState, Session},
    promote::promote,
    scene::Scene,
    store::{enrolments, sessions, trainings},
};
use crate::{
    journal::{self, Entry},
    kernel::{
        Code, Error, FieldError, Instant, MemberId, Period, Result, TrainingId, TrainingSessionId, Value,
    },
    outbox, people,
    store::{Db, Row, lock},
};

/// The longest session: a course of a fortnight.
pub const LONGEST: TimeDelta = TimeDelta::days(14);
/// How far ahead a session may be put on the calendar.
pub const FURTHEST: TimeDelta = TimeDelta::days(2 * 366);

/// A session to be held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is taught.
    pub training: TrainingId,
    /// By whom.
    pub trainer: MemberId,
    /// When.
    pub period: Period,
    /// Where.
    pub place: Option<String>,
    /// For how many.
    pub seats: i32,
}

/// What changes in a session; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another start.
    pub starts_at: Option<Instant>,
    /// Another end.
    pub ends_at: Option<Instant>,
    /// Another place, or none in particular.
    pub place: Option<Option<String>>,
    /// More seats, or fewer.
    pub seats: Option<i32>,
}

/// Puts a session on the calendar. Refuses a past or endless one, somebody who may not give the training, and a
/// trainer who teaches elsewhere at that time.
pub fn schedule(db: &mut Db, proposal: &Proposal, by: MemberId, now: Instant) -> Result<Session> {
    check_period(proposal.period, now)?;
    let trainer = proposal.trainer;
    let may_teach =
        trainings::is_trainer(db, proposal.training, trainer)? && trainings::has_role(db, trainer)?;
    if !may_teach && !trainings::is_staff(db, trainer)? {
        return Err(Error::field("trainer", "not_its_trainer"));
    }
    let session = Session {
        id: TrainingSessionId::new(),
        training: proposal.training,
        trainer,
        period: proposal.period,
        place: proposal.place.clone(),
        seats: proposal.seats,
        taken: 0,
        cancelled_at: None,
        version: 1,
    };
    check_trainer(db, &session)?;
    sessions::insert(db, &session, now)?;
    note(db, "training_session_scheduled", &session, by, now)?;
    Ok(session)
}

/// Changes a session nobody has begun: more seats go to those who wait, another time or place is told to everybody.
///
/// `current` says whether the writer saw the session as it now is.
pub fn reschedule(
    db: &mut Db,
    id: TrainingSessionId,
    change: &Change,
    current: impl Fn(&mut Db, &Session) -> Result<()>,
    (by, now): (MemberId, Instant),
) -> Result<Session> {
    let trainer = sessions::get(db, id)?.trainer;
    lock(db, Row::Member, trainer.uuid())?;
    lock(db, Row::TrainingSession, id.uuid())?;
    let before = sessions::get(db, id)?;
    current(db, &before)?;
    if !before.is_open(now) {
        return Err(Error::refused(Code::SessionOver));
    }
    let after = applied(&before, change)?;
    if after == before {
        return Ok(before);
    }
    let after = Session { version: before.version + 1, ..after };
    let moved = after.period != before.period;
    if moved {
        check_period(after.period, now)?;
        check_trainer(db, &after)?;
    }
    sessions::update(db, &after)?;
    if moved || after.place != before.place {
        tell_everybody(db, &after, now)?;
    }
    promote(db, id, now)?;
    note(db, "training_session_changed", &after, by, now)?;
    sessions::get(db, id)
}

fn applied(before: &Session, change: &Change) -> Result<Session> {
    let starts_at = change.starts_at.unwrap_or(before.period.start());
    let ends_at = change.ends_at.unwrap_or(before.period.end());
    let seats = change.seats.unwrap_or(before.seats);
    if seats < before.taken {
        let values = vec![("taken", Value::Count(before.taken.into()))];
        return Err(Error::Invalid(vec![FieldError { path: "seats".into(), code: "below_taken", values }]));
    }
    Ok(Session {
        period: Period::new(starts_at, ends_at).ok_or_else(|| Error::refused(Code::InvalidPeriod))?,
        place: change.place.clone().unwrap_or_else(|| before.place.clone()),
        seats,
        ..before.clone()
    })
}

fn check_period(period: Period, now: Instant) -> Result<()> {
    if period.start() <= now {
        return Err(Error::refused(Code::PeriodInPast));
    }
    if period.duration() > LONGEST {
        return Err(Error::field("ends_at", "session_too_long"));
    }
    if period.start() > now + FURTHEST {
        return Err(Error::field("starts_at", "session_too_far"));
    }
    Ok(())
}

/// Two sessions of one trainer must not meet; the trainer's row keeps two such writes apart.
fn check_trainer(db: &mut Db, session: &Session) -> Result<()> {
    lock(db, Row::Member, session.trainer.uuid())?;
    if sessions::is_busy(db, session.trainer, session.period, session.id)? {
        return Err(Error::refused(Code::TrainerBusy));
    }
    Ok(())
}

fn tell_everybody(db: &mut Db, session: &Session, now: Instant) -> Result<()> {
    let scene = Scene::of(db, session.id)?;
    for state in [EnrolmentState::Enrolled, EnrolmentState::Waiting] {
        for enrolment in enrolments::in_state(db, session.id, state)? {
            let contact = people::contact(db, enrolment.member)?;
            outbox::post(db, letters::news(&News::Changed, &contact, &enrolment, &scene), now)?;
        }
    }
    Ok(())
}

fn note(db: &mut Db, action: &'static str, session: &Session, by: MemberId, now: Instant) -> Result<()> {
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action,
            subject_kind: "training_session",
            subject: session.id.uuid(),
            reason: None,
            details: json!({
                "training": session.training,
                "trainer": session.trainer,
                "starts_at": session.period.start(),
                "ends_at": session.period.end(),
                "place": session.place,
                "seats": session.seats,
            }),
        },
    )
}
