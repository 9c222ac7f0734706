//! May this member?

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{
    gates::model::Case,
    kernel::{Code, Period, Refusal, Value, Zone},
    lab::rules::days,
    machines::claims::Claim,
    training::Engagement,
};

/// French law makes people of age at 18 (Code civil, article 414).
const MAJORITY: i32 = 18;

/// `member_elsewhere`: the member has another live claim in this period on another machine that needs their presence,
/// or teaches or learns in a training session then. Of whoever shows a badge it is not asked where they teach or learn:
/// they are here, and a session may use more than the machines it names.
pub fn elsewhere(case: &Case<'_>) -> Option<Refusal> {
    let facts = case.facts;
    if facts.machine.rules.unattended {
        return None;
    }
    let others = case.others(&facts.own).filter(|claim| claim.machine != facts.machine.id);
    let engagements = facts.engagements.iter().filter(|_| facts.presence.is_none());
    away(case.period(), case.zone(), others, engagements)
}

/// The same of anybody's claims and engagements.
pub fn away<'a>(
    period: Period,
    zone: Zone,
    mut own: impl Iterator<Item = &'a Claim>,
    mut engagements: impl Iterator<Item = &'a Engagement>,
) -> Option<Refusal> {
    if own.any(|claim| claim.people > 0 && claim.period.overlaps(period)) {
        return Some(Refusal::new(Code::MemberElsewhere).with("kind", "reservation"));
    }
    let met = engagements.find(|engagement| engagement.period.overlaps(period))?;
    let from = Value::At(met.period.start(), zone);
    Some(Refusal::new(Code::MemberElsewhere).with("kind", "training_session").with("since", from))
}

/// `email_unconfirmed`: the member never confirmed the address.
pub fn unconfirmed(case: &Case<'_>) -> Option<Refusal> {
    (!case.facts.standing.email_confirmed).then(|| Refusal::new(Code::EmailUnconfirmed))
}

/// `account_suspended`: the account is suspended now.
pub fn suspended(case: &Case<'_>) -> Option<Refusal> {
    let suspension = case.facts.standing.suspension.as_ref()?;
    let lasts = suspension.until.is_none_or(|until| case.now < until);
    lasts.then(|| {
        let refusal = Refusal::new(Code::AccountSuspended).with("reason", suspension.reason.as_str());
        match suspension.until {
            Some(until) => refusal.with("until", Value::At(until, case.zone())),
            None => refusal,
        }
    })
}

/// `charter_unsigned`: the current version of the house rules was not accepted.
pub fn charter_unsigned(case: &Case<'_>) -> Option<Refusal> {
    let current = case.facts.timetable.lab.charter_version;
    let unsigned = case.facts.standing.charter_version != Some(current);
    unsigned
        .then(|| Refusal::new(Code::CharterUnsigned).with("charter_version", Value::Count(current.into())))
}

/// `membership_missing`: some day of the use is covered by no membership. The day of use counts, not today.
pub fn membership_missing(case: &Case<'_>) -> Option<Refusal> {
    let bare = days(case.zone(), case.period()).find(|day| case.held_on(day.date).next().is_none())?;
    Some(Refusal::new(Code::MembershipMissing).with("on", Value::On(bare.date)))
}

/// `too_young`: under the machine's minimum age on the day. Who gave no birth date is not known to be old enough.
pub fn too_young(case: &Case<'_>) -> Option<Refusal> {
    let least = case.facts.machine.rules.min_age.filter(|least| *least > 0)?;
    let age = age(case);
    if age.is_some_and(|age| age >= least) {
        return None;
    }
    let refusal = Refusal::new(Code::TooYoung).with("min_age", Value::Count(least.into()));
    Some(if age.is_none() { refusal.with("birth_date", "unknown") } else { refusal })
}

/// `guardian_consent_missing`: a minor on the day of use, without a guardian's signed consent.
pub fn consent_missing(case: &Case<'_>) -> Option<Refusal> {
    let minor = age(case).is_some_and(|age| age < MAJORITY);
    (minor && !case.facts.standing.guardian_consent).then(|| Refusal::new(Code::GuardianConsentMissing))
}

fn age(case: &Case<'_>) -> Option<i32> {
    let day = case.zone().day_of(case.period().start()).date;
    case.facts.standing.birth_date.map(|born| age_on(born, day))
}

/// Age in whole years on a day; born on 29 February, one grows older on 1 March of common years.
///
/// ```
/// use etabli::gates::rules::person::age_on;
/// assert_eq!(age_on("2008-03-03".parse().unwrap(), "2026-03-02".parse().unwrap()), 17);
/// assert_eq!(age_on("2008-03-03".parse().unwrap(), "2026-03-03".parse().unwrap()), 18);
/// assert_eq!(age_on("2008-02-29".parse().unwrap(), "2026-02-28".parse().unwrap()), 17);
/// ```
#[must_use]
pub fn age_on(born: NaiveDate, day: NaiveDate) -> i32 {
    let birthday_passed = (day.month(), day.day()) >= (born.month(), born.day());
    day.year() - born.year() - i32::from(!birthday_passed)
}

/// The last local date of the use: one that ends at midnight does not touch the next day.
pub(super) fn last_date(case: &Case<'_>) -> NaiveDate {
    case.zone().day_of(case.period().end() - TimeDelta::microseconds(1)).date
}
