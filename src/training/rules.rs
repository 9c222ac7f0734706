//! What is decided about trainings, on plain values.

use chrono::{Months, NaiveDate, TimeDelta};

use super::model::{Certification, CertificationState, EnrolmentState, Holding, Session};
use crate::kernel::{Code, Instant, Period, Refusal, TrainingId, Value, Zone};

/// The local day a period must still be covered on: the one its last instant falls on.
/// A period that ends at midnight does not reach into the next day.
///
/// ```
/// use etabli::{kernel::{Period, Zone}, training::rules::last_day};
/// let evening = |end: &str| Period::new("2026-03-03T20:00:00Z".parse().unwrap(), end.parse().unwrap()).unwrap();
/// assert_eq!(last_day(evening("2026-03-03T23:00:00Z"), Zone::PARIS).to_string(), "2026-03-03");
/// assert_eq!(last_day(evening("2026-03-03T23:30:00Z"), Zone::PARIS).to_string(), "2026-03-04");
/// ```
#[must_use]
pub fn last_day(period: Period, zone: Zone) -> NaiveDate {
    zone.day_of(period.end() - TimeDelta::microseconds(1)).date
}

/// Whether the certifications of one member hold this training on a day (for a period: its [`last_day`]).
///
/// The last word counts. A revocation ends every certification of the training given before it, and a
/// suspension suspends them, so that an older certification never lets somebody pass whom a trainer stopped;
/// one given afterwards counts again.
///
/// ```
/// use etabli::{kernel::TrainingId, training::{Holding, rules::holding}};
/// assert_eq!(holding(&[], TrainingId::new(), "2026-03-03".parse().unwrap()), Holding::Missing);
/// ```
#[must_use]
pub fn holding(certifications: &[Certification], training: TrainingId, on: NaiveDate) -> Holding {
    let ours = || certifications.iter().filter(|one| one.training == training);
    let last_word = |state| ours().filter(|one| one.state == state).filter_map(|one| one.state_at).max();
    let revoked_at = last_word(CertificationState::Revoked);
    let live: Vec<_> = ours()
        .filter(|one| one.state != CertificationState::Revoked && Some(one.given_at) > revoked_at)
        .collect();
    let suspended_at = live
        .iter()
        .filter(|one| one.state == CertificationState::Suspended)
        .filter_map(|one| one.state_at)
        .max();
    let covering: Vec<_> = live.iter().filter(|one| one.valid_until.is_none_or(|last| on <= last)).collect();
    if covering.iter().any(|one| one.state == CertificationState::Valid && Some(one.given_at) > suspended_at)
    {
        return Holding::Held;
    }
    if !covering.is_empty() {
        return Holding::Suspended;
    }
    match live.iter().filter_map(|one| one.valid_until).max() {
        Some(on) => Holding::Expired { on },
        None => Holding::Missing,
    }
}

/// The last day a certification given on a day holds: the same day so many months later, or the last of that month.
///
/// ```
/// use etabli::training::rules::valid_until;
/// let on = |date: &str| date.parse::<chrono::NaiveDate>().unwrap();
/// assert_eq!(valid_until(on("2026-08-31"), Some(6)), Some(on("2027-02-28")));
/// assert_eq!(valid_until(on("2026-08-31"), None), None);
/// ```
#[must_use]
pub fn valid_until(given_on: NaiveDate, valid_months: Option<i32>) -> Option<NaiveDate> {
    let months = u32::try_from(valid_months?).ok()?;
    given_on.checked_add_months(Months::new(months))
}

/// Whether a certification's last day is the last on which its member holds the training: it counts on that day, and
/// no other one takes over.
#[must_use]
pub fn ends_for_good(one: &Certification, all: &[Certification]) -> bool {
    one.valid_until.is_some_and(|last| {
        let after = last.succ_opt().unwrap_or(last);
        holding(all, one.training, last) == Holding::Held
            && holding(all, one.training, after) != Holding::Held
    })
}

/// What is to be known of somebody who wants a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Whether they confirmed their address.
    pub email_confirmed: bool,
    /// Why and until when they are suspended, if they are.
    pub suspended: Option<(Option<Instant>, String)>,
    /// Whether they already sit or wait in this session.
    pub enrolled: bool,
}

/// Everything that speaks against giving this person a place in this session, or in its waiting list.
///
/// ```
/// use etabli::training::rules::{Candidate, against_enrolling};
/// # use etabli::{kernel::*, training::Session};
/// # let now: Instant = "2026-03-03T08:00:00Z".parse().unwrap();
/// # let session = |starts_at: &str| Session { id: TrainingSessionId::new(), training: TrainingId::new(),
/// #     trainer: MemberId::new(), period: Period::starting(starts_at.parse().unwrap(), chrono::TimeDelta::hours(2))
/// #     .unwrap(), place: None, seats: 4, taken: 4, cancelled_at: None, exception: None, version: 1 };
/// let ada = Candidate { email_confirmed: true, suspended: None, enrolled: false };
/// assert!(against_enrolling(&session("2026-03-04T08:00:00Z"), &ada, Zone::PARIS, now).is_empty());
/// let codes = |refusals: Vec<Refusal>| refusals.iter().map(|one| one.code).collect::<Vec<_>>();
/// let ada = Candidate { email_confirmed: false, enrolled: true, ..ada };
/// assert_eq!(codes(against_enrolling(&session("2026-03-03T07:00:00Z"), &ada, Zone::PARIS, now)),
///            [Code::EmailUnconfirmed, Code::AlreadyEnrolled, Code::SessionOver]);
/// ```
#[must_use]
pub fn against_enrolling(session: &Session, candidate: &Candidate, zone: Zone, now: Instant) -> Vec<Refusal> {
    let mut against = Vec::new();
    if !candidate.email_confirmed {
        against.push(Refusal::new(Code::EmailUnconfirmed));
    }
    if let Some((until, reason)) = &candidate.suspended
        && until.is_none_or(|until| now < until)
    {
        let refusal = Refusal::new(Code::AccountSuspended).with("reason", reason.as_str());
        against.push(match until {
            Some(until) => refusal.with("until", Value::At(*until, zone)),
            None => refusal,
        });
    }
    if candidate.enrolled {
        against.push(Refusal::new(Code::AlreadyEnrolled));
    }
    if !session.is_open(now) {
        against.push(Refusal::new(Code::SessionOver));
    }
    against
}

/// What becomes of an enrolment when its result is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The same result was told before: nothing to do.
    Known,
    /// Passed: a certification is given.
    Passes,
    /// Not passed.
    Fails,
}

/// Reads a result; the code of a field's sentence where it cannot be.
///
/// ```
/// use etabli::training::{EnrolmentState as State, rules::{Outcome, outcome}};
/// assert_eq!(outcome(Some(State::Enrolled), true), Ok(Outcome::Passes));
/// assert_eq!(outcome(Some(State::Passed), true), Ok(Outcome::Known));
/// assert_eq!(outcome(Some(State::Failed), true), Ok(Outcome::Passes));
/// assert_eq!(outcome(Some(State::Passed), false), Err("already_passed"));
/// assert_eq!(outcome(Some(State::Waiting), true), Err("not_in_session"));
/// assert_eq!(outcome(None, false), Err("not_in_session"));
/// ```
pub const fn outcome(state: Option<EnrolmentState>, passed: bool) -> Result<Outcome, &'static str> {
    match (state, passed) {
        (Some(EnrolmentState::Enrolled | EnrolmentState::Failed), true) => Ok(Outcome::Passes),
        (Some(EnrolmentState::Enrolled), false) => Ok(Outcome::Fails),
        (Some(EnrolmentState::Passed), true) | (Some(EnrolmentState::Failed), false) => Ok(Outcome::Known),
        (Some(EnrolmentState::Passed), false) => Err("already_passed"),
        (Some(EnrolmentState::Waiting | EnrolmentState::Cancelled) | None, _) => Err("not_in_session"),
    }
}

/// Whether a certification may go from one state to another: valid and suspended to and fro, revoked for ever.
///
/// ```
/// use etabli::training::{CertificationState::*, rules::may_become};
/// assert!(may_become(Valid, Suspended) && may_become(Suspended, Valid) && may_become(Suspended, Revoked));
/// assert!(!may_become(Revoked, Valid) && !may_become(Suspended, Suspended) && !may_become(Revoked, Revoked));
/// ```
#[must_use]
pub fn may_become(from: CertificationState, to: CertificationState) -> bool {
    from != CertificationState::Revoked && from != to
}

#[cfg(test)]
mod tests;
