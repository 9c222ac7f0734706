//! Has the member had their share?

use crate::{
    gates::model::Case,
    kernel::{Code, Refusal, Value},
    machines::claims::Kind,
};

/// `quota_exceeded`: with this use, the member's hours on this machine in the local week of the use, or their live
/// reservations ahead, would pass what the plan allows. Of several memberships the most generous counts.
pub fn exceeded(case: &Case<'_>) -> Option<Refusal> {
    too_many_hours(case).or_else(|| too_many_ahead(case))
}

fn too_many_hours(case: &Case<'_>) -> Option<Refusal> {
    let limit = most_generous(case.rights().map(|rights| rights.weekly_minutes))?;
    let week = case.zone().week_of(case.period().start());
    let used: i64 = case
        .others(&case.facts.own)
        .filter(|claim| claim.machine == case.facts.machine.id && week.has(claim.period.start()))
        .map(|claim| claim.period.minutes())
        .sum();
    (used + case.period().minutes() > limit).then(|| {
        Refusal::new(Code::QuotaExceeded)
            .with("limit_minutes", Value::Minutes(limit))
            .with("used_minutes", Value::Minutes(used))
    })
}

fn too_many_ahead(case: &Case<'_>) -> Option<Refusal> {
    let limit = most_generous(case.rights().map(|rights| rights.reservations_ahead))?;
    let ahead = case
        .others(&case.facts.own)
        .filter(|claim| claim.kind == Kind::Reservation && claim.period.end() > case.now)
        .count();
    let ahead = i64::try_from(ahead).unwrap_or(i64::MAX);
    (ahead >= limit)
        .then(|| Refusal::new(Code::QuotaExceeded).with("limit_reservations", Value::Count(limit)))
}

/// The largest limit; none where one of them is none, or where there is no plan to speak of.
fn most_generous(limits: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    limits.collect::<Option<Vec<i64>>>()?.into_iter().max()
}
