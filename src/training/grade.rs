//! The trainer tells who passed.

use serde_json::json;

use super::{
    certify::{Grant, give},
    model::{Certification, Enrolment, EnrolmentState, Session, Training},
    rules::{self, Outcome, outcome},
    store::{enrolments, sessions, trainings},
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, FieldError, Instant, MemberId, Result, TrainingSessionId},
    lab,
    store::{Db, Row, lock},
};

/// What the trainer says of one learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// Who.
    pub member: MemberId,
    /// Whether they passed.
    pub passed: bool,
    /// More words, kept with the certification.
    pub note: Option<String>,
}

/// Writes the results of a session that has begun: who passes gets a certification, once, however often it is told.
///
/// The certification counts its months from the last day of the session. Answers the certifications just given.
/// Refuses, beside each name, who has no seat in the session, and who passed before and would now not have.
pub fn grade(
    db: &mut Db,
    id: TrainingSessionId,
    grades: &[Grade],
    by: MemberId,
    now: Instant,
) -> Result<Vec<Certification>> {
    lock(db, Row::TrainingSession, id.uuid())?;
    let session = sessions::get(db, id)?;
    if session.cancelled_at.is_some() {
        return Err(Error::refused(Code::SessionOver));
    }
    if now < session.period.start() {
        return Err(Error::field("results", "session_not_begun"));
    }
    let roster: Vec<Enrolment> =
        enrolments::roster(db, id)?.into_iter().map(|(enrolment, _)| enrolment).collect();
    let training = trainings::by_id(db, session.training)?;
    let mut given = Vec::new();
    for (enrolment, outcome, grade) in read(&roster, grades)? {
        given.extend(write(db, (&session, &training), (enrolment, outcome, grade), by, now)?);
    }
    sessions::touch(db, id)?;
    Ok(given)
}

type Reading<'a> = (&'a Enrolment, Outcome, &'a Grade);

fn read<'a>(roster: &'a [Enrolment], grades: &'a [Grade]) -> Result<Vec<Reading<'a>>> {
    let mut readings: Vec<Reading<'a>> = Vec::with_capacity(grades.len());
    let mut wrong = Vec::new();
    for (at, grade) in grades.iter().enumerate() {
        let enrolment = roster.iter().find(|enrolment| enrolment.member == grade.member);
        let told_twice = readings.iter().any(|(known, ..)| known.member == grade.member);
        match (enrolment, outcome(enrolment.map(|enrolment| enrolment.state), grade.passed)) {
            (_, _) if told_twice => wrong.push(FieldError::new(format!("results[{at}].member"), "duplicate")),
            (Some(enrolment), Ok(outcome)) => readings.push((enrolment, outcome, grade)),
            (_, Err(code)) => wrong.push(FieldError::new(format!("results[{at}].member"), code)),
            (None, Ok(_)) => {}
        }
    }
    if wrong.is_empty() { Ok(readings) } else { Err(Error::Invalid(wrong)) }
}

fn write(
    db: &mut Db,
    (session, training): (&Session, &Training),
    (enrolment, outcome, grade): Reading<'_>,
    by: MemberId,
    now: Instant,
) -> Result<Option<Certification>> {
    let state = match outcome {
        Outcome::Known => return Ok(None),
        Outcome::Passes => EnrolmentState::Passed,
        Outcome::Fails => EnrolmentState::Failed,
    };
    enrolments::set_state(db, enrolment.id, state, now)?;
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(by),
            action: "training_result_told",
            subject_kind: "training_session",
            subject: session.id.uuid(),
            reason: grade.note.clone(),
            details: json!({ "member": grade.member, "result": state }),
        },
    )?;
    if outcome == Outcome::Fails {
        return Ok(None);
    }
    let taught_on = rules::last_day(session.period, lab::get(db)?.zone);
    let grant = Grant {
        member: grade.member,
        training: training.clone(),
        valid_until: rules::valid_until(taught_on, training.valid_months),
        note: grade.note.clone(),
        session: Some(session.id),
    };
    give(db, grant, Some(by), now).map(Some)
}
