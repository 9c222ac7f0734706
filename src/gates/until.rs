//! Until when a use may last: the latest moment at which the review still says yes.
//!
//! No rule is written twice: the same gates that decide are asked about a longer and a longer use, at the moments where
//! their answer can change. What passes for a long use passes for a shorter one, so the search is by halves.

use super::{
    model::{Accepted, Facts, Proposal},
    presence::Presence,
    review,
    rules::badge::booking,
};
use crate::{
    kernel::{Code, Instant, LocalDay, Period, Refusal},
    lab::rules::days,
    machines::{PowerPolicy, claims::Kind},
};

/// A use that may last until its end, and what ends it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lasting {
    /// The proof; its period ends when the use must.
    pub accepted: Accepted,
    /// The gate that would refuse a longer one; nothing where the use has reached its own end.
    pub bound: Option<Code>,
}

/// The longest use that began `since` and passes every gate, looked at now.
///
/// # Errors
/// Every reason why not even the shortest one passes; none where its own end is reached.
pub fn until(
    facts: &Facts,
    presence: &Presence,
    since: Instant,
    now: Instant,
) -> Result<Lasting, Vec<Refusal>> {
    let ends = boundaries(facts, (since, now), own_end(facts, presence, since));
    let ask = |end: Instant| match proposal(facts, presence, since, end) {
        Some(proposal) => review(&proposal, facts, now),
        None => Err(Vec::new()),
    };
    let passing = ends.partition_point(|end| ask(*end).is_ok());
    let bound = ends.get(passing).and_then(|end| Some(ask(*end).err()?.first()?.code));
    match passing.checked_sub(1).and_then(|last| ends.get(last)) {
        Some(end) => ask(*end).map(|accepted| Lasting { accepted, bound }),
        None => Err(ends.first().and_then(|end| ask(*end).err()).unwrap_or_default()),
    }
}

/// The widest period whose facts matter for a use that began then.
#[must_use]
pub fn widest(policy: &PowerPolicy, since: Instant) -> Option<Period> {
    Period::starting(since, policy.longest())
}

fn proposal(facts: &Facts, presence: &Presence, since: Instant, end: Instant) -> Option<Proposal> {
    let mine = booking(facts, presence, since);
    // What staff let pass, they let pass for that reservation, its grace included, and not for what follows it.
    let within = mine.is_some_and(|claim| end <= claim.period.end() + presence.policy.grace());
    let overrides = if within { presence.excepted.clone() } else { Vec::new() };
    let replaces = mine.map(|claim| claim.holder);
    Some(Proposal { period: Period::new(since, end)?, replaces, keeps_start: true, overrides })
}

/// Where the use ends by itself: the machine's longest session, or the end of the reservation with its grace. Own
/// reservations that follow each other are one.
fn own_end(facts: &Facts, presence: &Presence, since: Instant) -> Instant {
    let (longest, grace) = (since + presence.policy.longest(), presence.policy.grace());
    let Some(mine) = booking(facts, presence, since) else { return longest };
    let mut end = mine.period.end();
    for claim in &facts.own {
        let same = claim.machine == facts.machine.id && claim.kind == Kind::Reservation;
        if same && claim.period.start() <= end + grace {
            end = end.max(claim.period.end());
        }
    }
    (end + grace).min(longest)
}

/// The moments after now at which some gate may change its mind, in order; the last is the use's own end.
fn boundaries(facts: &Facts, (since, now): (Instant, Instant), most: Instant) -> Vec<Instant> {
    let Some(within) = Period::new(since, most) else { return Vec::new() };
    let (workshop, machine) = (facts.workshop.id, facts.machine.id);
    let buffer = facts.machine.rules.buffer();
    let timetable = &facts.timetable;
    let mut all: Vec<Instant> = vec![most];
    all.extend(timetable.open(within, workshop, machine).iter().map(|open| open.period.end()));
    all.extend(timetable.closed(within, workshop, machine).iter().map(|closed| closed.start()));
    all.extend(days(timetable.lab.zone, within).map(LocalDay::start));
    all.extend(facts.on_machine.iter().map(|claim| claim.hold.start() - buffer));
    all.extend(facts.own.iter().chain(&facts.in_workshop).map(|claim| claim.period.start()));
    // Where a reservation ends: what its grace adds may be somebody else's already.
    all.extend(facts.own.iter().map(|claim| claim.period.end()));
    all.retain(|end| now < *end && *end <= most);
    all.sort_unstable();
    all.dedup();
    all
}
