//! What each broken fact makes of the case.

use chrono::TimeDelta;
use rstest::rstest;

use super::world::{World, at, claim, date, tuesday, world};
use crate::{
    kernel::{Code, Id, Locale, Period},
    lab::Scope,
    machines::{Outage, State, claims::Claim},
    people::Suspension,
    training::CertificationState,
};

type Breaking = fn(&mut World);

#[rstest]
#[case::closed_lab(Code::LabClosed, |w: &mut World| w.closes(Scope::Lab))]
#[case::closed_workshop(Code::LabClosed, |w: &mut World| w.closes(Scope::Workshop(w.facts.workshop.id)))]
#[case::closed_machine(Code::LabClosed, |w: &mut World| w.closes(Scope::Machine(w.facts.machine.id)))]
#[case::outage(Code::MachineOutOfService, |w: &mut World| w.facts.machine.outage = Some(Outage {
    state: State::Broken, reason: "courroie".into(), by: None, since: w.now, until: None }))]
#[case::taken(Code::MachineTaken, |w: &mut World| w.facts.on_machine.push(claim(w.facts.machine.id, tuesday("10:30", "12:00"), 1)))]
#[case::cleaning(Code::MachineTaken, |w: &mut World| w.facts.on_machine.push(claim(w.facts.machine.id, tuesday("09:00", "10:00"), 1)))]
#[case::own_cleaning(Code::MachineTaken, |w: &mut World| w.facts.on_machine.push(claim(w.facts.machine.id, tuesday("11:00", "12:00"), 1)))]
#[case::full(Code::WorkshopFull, |w: &mut World| w.facts.in_workshop.push(claim(Id::new(), tuesday("10:30", "12:00"), 2)))]
#[case::elsewhere(Code::MemberElsewhere, |w: &mut World| w.facts.own.push(claim(Id::new(), tuesday("10:30", "12:00"), 1)))]
#[case::past(Code::PeriodInPast, |w: &mut World| w.now = at("2026-03-03T10:00:01Z"))]
#[case::soon(Code::TooSoon, |w: &mut World| w.now = at("2026-03-03T09:31:00Z"))]
#[case::far(Code::TooFar, |w: &mut World| w.now = at("2026-01-01T22:59:59Z"))]
#[case::misaligned(Code::PeriodMisaligned, |w: &mut World| w.proposal.period = tuesday("10:10", "11:10"))]
#[case::short(Code::TooShort, |w: &mut World| w.facts.machine.rules.min_minutes = 90)]
#[case::long(Code::TooLong, |w: &mut World| w.facts.machine.rules.max_minutes = 30)]
#[case::unconfirmed(Code::EmailUnconfirmed, |w: &mut World| w.facts.standing.email_confirmed = false)]
#[case::suspended(Code::AccountSuspended, |w: &mut World| w.facts.standing.suspension = Some(Suspension {
    since: w.now, until: Some(at("2026-03-03T08:30:00Z")), reason: "sans lunettes".into() }))]
#[case::charter(Code::CharterUnsigned, |w: &mut World| w.facts.standing.charter_version = Some(2))]
#[case::no_membership(Code::MembershipMissing, |w: &mut World| w.facts.standing.memberships[0].ends_on = date("2026-03-02"))]
#[case::untrained(Code::TrainingMissing, |w: &mut World| w.facts.certifications.clear())]
#[case::expired(Code::TrainingExpired, |w: &mut World| w.certified().valid_until = Some(date("2026-03-02")))]
#[case::stopped(Code::TrainingSuspended, |w: &mut World| {
    w.certified().state = CertificationState::Suspended;
    w.certified().state_at = Some(at("2026-03-01T09:00:00Z"));
})]
#[case::unknown_age(Code::TooYoung, |w: &mut World| w.facts.standing.birth_date = None)]
#[case::minor(Code::GuardianConsentMissing, |w: &mut World| {
    w.facts.standing.birth_date = Some(date("2010-01-01"));
    w.facts.machine.rules.min_age = Some(12);
})]
#[case::young(Code::TooYoung, |w: &mut World| {
    w.facts.standing.birth_date = Some(date("2008-03-04"));
    w.facts.standing.guardian_consent = true;
})]
#[case::unstaffed(Code::SupervisionRequired, |w: &mut World| {
    w.facts.machine.rules.supervised = true;
    w.plan().unstaffed_hours = true;
    w.proposal.period = tuesday("18:00", "19:00");
})]
#[case::hours(Code::QuotaExceeded, |w: &mut World| w.facts.own.push(Claim {
    period: Period::new(at("2026-03-02T09:00:00Z"), at("2026-03-02T18:30:00Z")).unwrap(),
    ..claim(w.facts.machine.id, tuesday("07:00", "07:30"), 1) }))]
#[case::ahead(Code::QuotaExceeded, |w: &mut World| for hour in ["13:00", "14:00", "15:00"] {
    let period = Period::starting(at(&format!("2026-03-03T{hour}:00Z")), TimeDelta::minutes(30)).unwrap();
    w.facts.own.push(claim(Id::new(), period, 1));
})]
fn each_broken_fact_refuses_its_gate_and_no_other(#[case] expected: Code, #[case] breaking: Breaking) {
    let mut world = world();
    breaking(&mut world);
    assert_eq!(world.codes(), [expected]);
    for locale in [Locale::Fr, Locale::En] {
        let sentence = world.refusals()[0].sentence(locale);
        assert!(!sentence.starts_with("refusal-"), "{sentence}");
        assert!(!sentence.contains('{'), "{sentence}");
    }
}
