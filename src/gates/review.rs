//! The verdict.

use super::{
    model::{Accepted, Case, Facts, Finding, Proposal},
    presence::Presence,
    rules::{badge, person, place, share, skill, time},
};
use crate::kernel::{Code, Instant, Refusal};

/// The gates of the house, in the order in which they are told (`domain.md`).
pub const GATES: [Code; 22] = [
    Code::LabClosed,
    Code::MachineOutOfService,
    Code::MachineTaken,
    Code::WorkshopFull,
    Code::MemberElsewhere,
    Code::PeriodInPast,
    Code::TooSoon,
    Code::TooFar,
    Code::PeriodMisaligned,
    Code::TooShort,
    Code::TooLong,
    Code::EmailUnconfirmed,
    Code::AccountSuspended,
    Code::CharterUnsigned,
    Code::MembershipMissing,
    Code::TrainingMissing,
    Code::TrainingExpired,
    Code::TrainingSuspended,
    Code::TooYoung,
    Code::GuardianConsentMissing,
    Code::SupervisionRequired,
    Code::QuotaExceeded,
];

/// What is asked beyond them of a badge at the machine; of theirs, those about a period well made and a fair share
/// are not asked there: nobody shows a badge for next week.
pub const BADGE_GATES: [Code; 9] = [
    Code::BadgeUnknown,
    Code::BadgeRevoked,
    Code::ReservationMissing,
    Code::ReservedForOther,
    Code::MachineInUse,
    Code::MachineOffline,
    Code::LockedOut,
    Code::SecondFactorMissing,
    Code::SupervisorMissing,
];

/// The gates that staff may let pass by decision, with a written reason. Nobody overrides the others: certify, repair
/// or sign instead.
pub const OVERRIDABLE: [Code; 5] =
    [Code::LabClosed, Code::TooSoon, Code::TooFar, Code::QuotaExceeded, Code::SupervisionRequired];

/// Decides: accepted, or every reason why not, in the order of the gates.
///
/// # Errors
/// The refusals; never empty.
pub fn review(proposal: &Proposal, facts: &Facts, now: Instant) -> Result<Accepted, Vec<Refusal>> {
    let mut refusals = all(&Case { proposal, facts, now });
    refusals.retain(|refusal| !(overridable(refusal.code) && proposal.overrides.contains(&refusal.code)));
    if refusals.is_empty() {
        Ok(Accepted {
            period: proposal.period,
            hold: facts.machine.hold(proposal.period),
            people: i32::from(!facts.machine.rules.unattended),
        })
    } else {
        Err(refusals)
    }
}

/// What every gate finds, passed or refused; a gate that refuses twice (two missing trainings) is told twice.
#[must_use]
pub fn report(proposal: &Proposal, facts: &Facts, now: Instant) -> Vec<Finding> {
    told(all(&Case { proposal, facts, now }))
}

/// The same for refusals that already have their remedies.
#[must_use]
pub fn told(refusals: Vec<Refusal>) -> Vec<Finding> {
    let passed = GATES.into_iter().filter(|code| !refusals.iter().any(|refusal| refusal.code == *code));
    let mut findings: Vec<Finding> = passed.map(|code| Finding { code, refusal: None }).collect();
    findings
        .extend(refusals.into_iter().map(|refusal| Finding { code: refusal.code, refusal: Some(refusal) }));
    findings.sort_by_key(|finding| finding.code);
    findings
}

/// Whether staff may let this gate pass.
#[must_use]
pub fn overridable(code: Code) -> bool {
    OVERRIDABLE.contains(&code)
}

fn all(case: &Case<'_>) -> Vec<Refusal> {
    let more = match &case.facts.presence {
        None => booked(case),
        Some(presence) => shown(case, presence),
    };
    let mut refusals: Vec<Refusal> = always(case).chain(more).chain(skill::untrained(case)).collect();
    refusals.sort_by_key(|refusal| refusal.code);
    refusals
}

/// What is asked of every use.
fn always(case: &Case<'_>) -> impl Iterator<Item = Refusal> + use<> {
    let single = [
        place::closed(case),
        place::out_of_service(case),
        place::full(case),
        person::elsewhere(case),
        person::unconfirmed(case),
        person::suspended(case),
        person::charter_unsigned(case),
        person::membership_missing(case),
        person::too_young(case),
        person::consent_missing(case),
        place::unsupervised(case),
    ];
    single.into_iter().flatten()
}

/// What is asked of a booking only.
fn booked(case: &Case<'_>) -> Vec<Refusal> {
    let single = [
        place::taken(case),
        time::in_past(case),
        time::too_soon(case),
        time::too_far(case),
        time::misaligned(case),
        time::too_short(case),
        time::too_long(case),
        share::exceeded(case),
    ];
    single.into_iter().flatten().collect()
}

/// What is asked of a badge only.
fn shown(case: &Case<'_>, presence: &Presence) -> Vec<Refusal> {
    let single = [
        badge::held(case, presence),
        badge::unreserved(case, presence),
        badge::reserved(case, presence),
        badge::in_use(presence),
        badge::offline(presence),
        badge::locked_out(presence),
        badge::unproven(presence),
        badge::alone(presence),
    ];
    single.into_iter().flatten().collect()
}
