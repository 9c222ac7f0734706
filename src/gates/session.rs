//! May a training session be held like this, and may somebody take a seat in it?
//!
//! The same facts of place and person that a booking asks, of a class instead of a member at a machine. A session
//! shows nobody's membership or certification: who learns has none yet, and who teaches was chosen for it.

use std::{collections::BTreeSet, sync::Arc};

use super::rules::{person::away, place};
use crate::{
    kernel::{Code, Id, Instant, Period, Refusal, TrainingSessionId, Value, WorkshopId, Zone, spans},
    lab::{Timetable, rules::usable},
    machines::{
        Machine, Workshop,
        claims::{Claim, Kind},
    },
    training::{
        Engagement, Session,
        rules::{Candidate, against_enrolling},
    },
};

/// A session as somebody would like to hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionProposal {
    /// Which session.
    pub session: TrainingSessionId,
    /// When.
    pub period: Period,
    /// How many people it brings into a workshop, whoever teaches included.
    pub people: i32,
    /// Gates that are not held against it: what staff let pass by decision, and what a change does not touch.
    pub overrides: Vec<Code>,
}

/// What is to be known before a session is held.
#[derive(Debug, Clone)]
pub struct SessionFacts {
    /// When the lab is open.
    pub timetable: Arc<Timetable>,
    /// The machines it uses, in the order of their identifiers.
    pub places: Vec<Place>,
    /// The claims of whoever teaches.
    pub own: Vec<Claim>,
    /// Where else whoever teaches is expected.
    pub engagements: Vec<Engagement>,
}

/// A machine that a session uses, and who is around it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The machine.
    pub machine: Machine,
    /// The workshop it stands in.
    pub workshop: Workshop,
    /// Claims in the workshop around the period.
    pub in_workshop: Vec<Claim>,
}

/// What is to be known before somebody takes a seat.
#[derive(Debug, Clone)]
pub struct SeatFacts {
    /// When the lab is open.
    pub timetable: Arc<Timetable>,
    /// The session.
    pub session: Session,
    /// The machines it uses.
    pub machines: Vec<Machine>,
    /// Who asks.
    pub candidate: Candidate,
    /// Their claims.
    pub own: Vec<Claim>,
    /// Where else they are expected.
    pub engagements: Vec<Engagement>,
}

/// A session that passed every gate: what it holds. Only the review makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedSession {
    claims: Vec<Claim>,
}

impl AcceptedSession {
    /// What it holds, in the order of the machines.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }
}

/// Decides whether a session may be held: accepted, or every reason why not, in the order of the gates.
///
/// # Errors
/// The refusals; never empty.
pub fn review_session(
    proposal: &SessionProposal,
    facts: &SessionFacts,
) -> Result<AcceptedSession, Vec<Refusal>> {
    let (period, zone) = (proposal.period, facts.timetable.lab.zone);
    let mut refusals: Vec<Refusal> = Vec::new();
    let machines: Vec<&Machine> = facts.places.iter().map(|place| &place.machine).collect();
    refusals.extend(closed(&facts.timetable, &machines, period));
    for place in &facts.places {
        let on_it = others(proposal, &place.in_workshop).filter(|claim| claim.machine == place.machine.id);
        let against =
            [place::broken(&place.machine, period, zone), place::held(&place.machine, period, on_it)];
        refusals.extend(against.into_iter().flatten().map(|refusal| named(refusal, &place.machine)));
    }
    for place in carriers(&facts.places) {
        let inside = others(proposal, &place.in_workshop);
        refusals.extend(place::crowded(&place.workshop, (period, proposal.people), inside));
    }
    refusals.extend(busy(proposal, facts, zone));
    refusals.retain(|refusal| !proposal.overrides.contains(&refusal.code));
    refusals.sort_by_key(|refusal| refusal.code);
    if refusals.is_empty() { Ok(accepted(proposal, facts)) } else { Err(refusals) }
}

/// Decides whether somebody may take a seat, or wait for one.
///
/// # Errors
/// The refusals; never empty.
pub fn review_seat(facts: &SeatFacts, now: Instant) -> Result<(), Vec<Refusal>> {
    let (session, zone) = (&facts.session, facts.timetable.lab.zone);
    let mut refusals = against_enrolling(session, &facts.candidate, zone, now);
    if session.is_open(now) {
        let machines: Vec<&Machine> = facts.machines.iter().collect();
        let let_pass = session.exception.as_ref().is_some_and(|one| one.gates.contains(&Code::LabClosed));
        let closed = closed(&facts.timetable, &machines, session.period).filter(|_| !let_pass);
        refusals.extend(closed);
        let broken = |machine: &Machine| Some(named(place::broken(machine, session.period, zone)?, machine));
        refusals.extend(facts.machines.iter().filter_map(broken));
        let elsewhere = facts.engagements.iter().filter(|one| one.session != session.id);
        refusals.extend(away(session.period, zone, facts.own.iter(), elsewhere));
    }
    refusals.sort_by_key(|refusal| refusal.code);
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// `lab_closed`, of the lab and of every machine: a class has somebody who teaches, so unstaffed hours count.
fn closed(timetable: &Timetable, machines: &[&Machine], period: Period) -> Option<Refusal> {
    let inside =
        |workshop, machine| spans::cover(&usable(&timetable.open(period, workshop, machine), true), period);
    let open = if machines.is_empty() {
        // No closure of a workshop or of a machine is meant by an identifier that nothing has.
        inside(Id::new(), Id::new())
    } else {
        machines.iter().all(|machine| inside(machine.workshop, machine.id))
    };
    let zone = timetable.lab.zone;
    (!open).then(|| {
        Refusal::new(Code::LabClosed)
            .with("from", Value::At(period.start(), zone))
            .with("to", Value::At(period.end(), zone))
    })
}

/// `member_elsewhere`, `trainer_busy`: whoever teaches has booked a machine, learns, or teaches elsewhere.
fn busy(proposal: &SessionProposal, facts: &SessionFacts, zone: Zone) -> Vec<Refusal> {
    let period = proposal.period;
    let elsewhere = || facts.engagements.iter().filter(|one| one.session != proposal.session);
    let teaches = elsewhere().any(|one| one.teaches && one.period.overlaps(period));
    let own = facts.own.iter().filter(|claim| claim.holder != proposal.session.uuid());
    let learns = away(period, zone, own, elsewhere().filter(|one| !one.teaches));
    learns.into_iter().chain(teaches.then(|| Refusal::new(Code::TrainerBusy))).collect()
}

fn others<'a>(proposal: &SessionProposal, claims: &'a [Claim]) -> impl Iterator<Item = &'a Claim> + use<'a> {
    let own = proposal.session.uuid();
    claims.iter().filter(move |claim| claim.holder != own)
}

fn named(refusal: Refusal, machine: &Machine) -> Refusal {
    refusal.with("machine", machine.slug.as_str()).with("machine_name", &machine.name)
}

/// One machine of each workshop, to stand for all the people who come: an attended one, if there is one.
fn carriers(places: &[Place]) -> Vec<&Place> {
    let workshops: BTreeSet<WorkshopId> = places.iter().map(|place| place.workshop.id).collect();
    let carrier = |workshop: WorkshopId| {
        let inside = places.iter().filter(move |place| place.workshop.id == workshop);
        inside.min_by_key(|place| (place.machine.rules.unattended, place.machine.id))
    };
    workshops.into_iter().filter_map(carrier).collect()
}

fn accepted(proposal: &SessionProposal, facts: &SessionFacts) -> AcceptedSession {
    let carriers: BTreeSet<_> = carriers(&facts.places).iter().map(|place| place.machine.id).collect();
    let claim = |place: &Place| Claim {
        machine: place.machine.id,
        period: proposal.period,
        hold: place.machine.hold(proposal.period),
        kind: Kind::TrainingSession,
        holder: proposal.session.uuid(),
        member: None,
        people: if carriers.contains(&place.machine.id) { proposal.people } else { 0 },
    };
    AcceptedSession { claims: facts.places.iter().map(claim).collect() }
}
