//! Is the period well made for this machine?

use chrono::TimeDelta;

use crate::{
    gates::model::Case,
    kernel::{Code, Instant, Refusal, Value},
};

/// `period_in_past`: it would start before now. A use that already runs may change its end, if that is ahead.
pub fn in_past(case: &Case<'_>) -> Option<Refusal> {
    let first = if case.proposal.keeps_start { case.period().end() } else { case.period().start() };
    (first < case.now).then(|| Refusal::new(Code::PeriodInPast))
}

/// `too_soon`: it would start before the machine's notice has passed.
pub fn too_soon(case: &Case<'_>) -> Option<Refusal> {
    let notice = i64::from(case.facts.machine.rules.notice_minutes);
    let start = case.period().start();
    let soon =
        !case.proposal.keeps_start && case.now <= start && start < case.now + TimeDelta::minutes(notice);
    soon.then(|| Refusal::new(Code::TooSoon).with("notice_minutes", Value::Minutes(notice)))
}

/// `too_far`: it would start after the last local day of the machine's horizon.
pub fn too_far(case: &Case<'_>) -> Option<Refusal> {
    let rules = &case.facts.machine.rules;
    let far = case.period().start() >= rules.horizon(case.zone(), case.now);
    far.then(|| Refusal::new(Code::TooFar).with("horizon_days", Value::Count(rules.horizon_days.into())))
}

/// `period_misaligned`: start or end is off the machine's grid, counted on the wall clock from local midnight.
pub fn misaligned(case: &Case<'_>) -> Option<Refusal> {
    let grid = i64::from(case.facts.machine.rules.grid_minutes);
    let on_grid = |instant: Instant| {
        let (minute, exact) = case.zone().minute_of_day(instant);
        exact && minute % grid == 0
    };
    let aligned = on_grid(case.period().start()) && on_grid(case.period().end());
    (!aligned).then(|| Refusal::new(Code::PeriodMisaligned).with("grid_minutes", Value::Minutes(grid)))
}

/// `too_short`: it would last less than the machine's minimum.
pub fn too_short(case: &Case<'_>) -> Option<Refusal> {
    let least = i64::from(case.facts.machine.rules.min_minutes);
    let short = case.period().duration() < TimeDelta::minutes(least);
    short.then(|| Refusal::new(Code::TooShort).with("min_minutes", Value::Minutes(least)))
}

/// `too_long`: it would last more than the machine's maximum.
pub fn too_long(case: &Case<'_>) -> Option<Refusal> {
    let most = i64::from(case.facts.machine.rules.max_minutes);
    let long = case.period().duration() > TimeDelta::minutes(most);
    long.then(|| Refusal::new(Code::TooLong).with("max_minutes", Value::Minutes(most)))
}
