//! Is it open, is the machine well, is there room?

use crate::{
    gates::model::Case,
    kernel::{Code, Period, Refusal, Value, Zone, spans},
    lab::rules::usable,
    machines::{Machine, Workshop, claims::Claim},
};

/// `lab_closed`: the period is not inside opening hours, or meets a closure of the lab, the workshop or the machine.
///
/// Unstaffed hours count for members whose plan includes them. A machine that runs alone need only be *started* in
/// opening hours; it may run through the night, but through no closure.
pub fn closed(case: &Case<'_>) -> Option<Refusal> {
    let (facts, period) = (case.facts, case.period());
    let (workshop, machine) = (facts.workshop.id, facts.machine.id);
    let open = facts.timetable.open(period, workshop, machine);
    let hours = usable(&open, case.rights().any(|rights| rights.unstaffed_hours));
    let inside = if facts.machine.rules.unattended {
        hours.iter().any(|span| span.has(period.start()))
            && facts.timetable.closed(period, workshop, machine).is_empty()
    } else {
        spans::cover(&hours, period)
    };
    (!inside).then(|| {
        Refusal::new(Code::LabClosed)
            .with("from", Value::At(period.start(), case.zone()))
            .with("to", Value::At(period.end(), case.zone()))
    })
}

/// `supervision_required`: the machine demands a fab manager's presence and the period is not inside a staffed span.
pub fn unsupervised(case: &Case<'_>) -> Option<Refusal> {
    let facts = case.facts;
    let staffed = || {
        let open = facts.timetable.open(case.period(), facts.workshop.id, facts.machine.id);
        spans::cover(&usable(&open, false), case.period())
    };
    (facts.machine.rules.supervised && !staffed()).then(|| Refusal::new(Code::SupervisionRequired))
}

/// `machine_out_of_service`: the machine is not in service at some instant of the period.
pub fn out_of_service(case: &Case<'_>) -> Option<Refusal> {
    broken(&case.facts.machine, case.period(), case.zone())
}

/// The same of any machine and period.
#[must_use]
pub fn broken(machine: &Machine, period: Period, zone: Zone) -> Option<Refusal> {
    let outage = machine.outage.as_ref().filter(|outage| outage.meets(period))?;
    let state: &'static str = outage.state.into();
    let refusal =
        Refusal::new(Code::MachineOutOfService).with("state", state).with("reason", outage.reason.as_str());
    Some(match outage.until {
        Some(until) => refusal.with("until", Value::At(until, zone)),
        None => refusal,
    })
}

/// `machine_taken`: another live claim meets the period, clean-up included on both sides.
pub fn taken(case: &Case<'_>) -> Option<Refusal> {
    held(&case.facts.machine, case.period(), case.others(&case.facts.on_machine))
}

/// The same of any machine, period and claims of others.
pub fn held<'a>(
    machine: &Machine,
    period: Period,
    others: impl Iterator<Item = &'a Claim>,
) -> Option<Refusal> {
    let hold = machine.hold(period);
    let met = others.into_iter().find(|claim| claim.hold.overlaps(hold))?;
    let kind: &'static str = met.kind.into();
    Some(Refusal::new(Code::MachineTaken).with("kind", kind))
}

/// `workshop_full`: with this use the workshop would hold more people than its capacity at some instant.
pub fn full(case: &Case<'_>) -> Option<Refusal> {
    if case.facts.machine.rules.unattended {
        return None;
    }
    crowded(&case.facts.workshop, (case.period(), 1), case.others(&case.facts.in_workshop))
}

/// The same of any workshop, and of so many people who come in this period.
pub fn crowded<'a>(
    workshop: &Workshop,
    (period, people): (Period, i32),
    others: impl Iterator<Item = &'a Claim>,
) -> Option<Refusal> {
    let weighted: Vec<(Period, i64)> = others.map(|claim| (claim.period, i64::from(claim.people))).collect();
    let capacity = i64::from(workshop.capacity);
    let full = spans::peak(&weighted, period) + i64::from(people) > capacity;
    full.then(|| {
        Refusal::new(Code::WorkshopFull)
            .with("workshop", &workshop.name)
            .with("capacity", Value::Count(capacity))
    })
}
