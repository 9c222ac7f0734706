//! Is it open, is the machine well, is there room?

use crate::{
    gates::model::Case,
    kernel::{Code, Period, Refusal, Value, spans},
    lab::rules::usable,
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
    let outage = case.facts.machine.outage.as_ref().filter(|outage| outage.meets(case.period()))?;
    let state: &'static str = outage.state.into();
    let refusal =
        Refusal::new(Code::MachineOutOfService).with("state", state).with("reason", outage.reason.as_str());
    Some(match outage.until {
        Some(until) => refusal.with("until", Value::At(until, case.zone())),
        None => refusal,
    })
}

/// `machine_taken`: another live claim meets the period, clean-up included on both sides.
pub fn taken(case: &Case<'_>) -> Option<Refusal> {
    let hold = case.facts.machine.hold(case.period());
    let met = case.others(&case.facts.on_machine).any(|claim| claim.hold.overlaps(hold));
    met.then(|| Refusal::new(Code::MachineTaken))
}

/// `workshop_full`: with this use the workshop would hold more people than its capacity at some instant.
pub fn full(case: &Case<'_>) -> Option<Refusal> {
    if case.facts.machine.rules.unattended {
        return None;
    }
    let weighted: Vec<(Period, i64)> =
        case.others(&case.facts.in_workshop).map(|claim| (claim.period, i64::from(claim.people))).collect();
    let capacity = i64::from(case.facts.workshop.capacity);
    let full = spans::peak(&weighted, case.period()) + 1 > capacity;
    full.then(|| {
        Refusal::new(Code::WorkshopFull)
            .with("workshop", &case.facts.workshop.name)
            .with("capacity", Value::Count(capacity))
    })
}
