//! A case in which every gate passes ([`world`]), what each broken fact makes of it ([`broken`]), what they make
//! together, and what a badge at the machine makes of it ([`badge`]).

mod badge;
mod broken;
mod world;

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::{prop, prop_assert, proptest};

use super::{report, review, review::GATES};
use crate::{
    kernel::{Code, Period},
    lab::Scope,
    machines::{Rules, claims::Claim},
};
use world::{at, claim, date, tuesday, world};

#[test]
fn a_member_in_order_passes_every_gate() {
    let world = world();
    let accepted = review(&world.proposal, &world.facts, world.now).unwrap();
    assert_eq!(accepted.period(), tuesday("10:00", "11:00"));
    assert_eq!(accepted.hold(), tuesday("10:00", "11:30"), "the clean-up is held too");
    assert_eq!(accepted.people(), 1);
    let found = report(&world.proposal, &world.facts, world.now);
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), GATES);
    assert!(found.iter().all(|finding| finding.refusal.is_none()));
}

#[test]
fn every_reason_is_told_at_once_and_in_the_order_of_the_book() {
    let mut world = world();
    world.facts.certifications.clear();
    world.facts.standing.memberships.clear();
    world.facts.on_machine.push(claim(world.facts.machine.id, tuesday("10:30", "12:00"), 1));
    world.facts.machine.rules.supervised = true;
    world.closes(Scope::Lab);
    assert_eq!(
        world.codes(),
        [
            Code::LabClosed,
            Code::MachineTaken,
            Code::MembershipMissing,
            Code::TrainingMissing,
            Code::SupervisionRequired
        ]
    );
}

#[test]
fn moving_a_use_does_not_meet_its_own_claim() {
    let mut world = world();
    let own = claim(world.facts.machine.id, tuesday("10:30", "11:30"), 1);
    world.facts.on_machine.push(own.clone());
    world.facts.own.push(own.clone());
    world.proposal.replaces = Some(own.holder);
    assert_eq!(world.codes(), []);
}

#[test]
fn staff_open_some_gates_and_nobody_opens_the_others() {
    let mut world = world();
    world.facts.machine.rules.supervised = true;
    world.closes(Scope::Lab);
    world.facts.certifications.clear();
    world.proposal.overrides = vec![Code::LabClosed, Code::SupervisionRequired, Code::TrainingMissing];
    assert_eq!(world.codes(), [Code::TrainingMissing]);
}

#[test]
fn unstaffed_hours_are_for_plans_that_include_them() {
    let mut world = world();
    world.proposal.period = tuesday("19:00", "20:00");
    assert_eq!(world.codes(), [Code::LabClosed]);
    world.plan().unstaffed_hours = true;
    assert_eq!(world.codes(), []);
}

#[test]
fn the_last_day_of_the_horizon_is_bookable_whole() {
    let mut world = world();
    world.now = at("2026-01-01T23:00:00Z");
    assert_eq!(world.codes(), [], "from its first minute on");
}

#[test]
fn a_printer_runs_through_the_night_but_through_no_closure() {
    let mut world = world();
    let rules = Rules { grid_minutes: 60, max_minutes: 1440, unattended: true, ..Rules::default() };
    world.facts.machine.rules = rules;
    world.plan().weekly_minutes = None;
    world.proposal.period = Period::new(at("2026-03-03T16:00:00Z"), at("2026-03-04T16:00:00Z")).unwrap();
    assert_eq!(world.codes(), []);
    world.closes(Scope::Lab);
    assert_eq!(world.codes(), [], "the closure was over before the print starts");
    let night = Period::new(at("2026-03-04T02:00:00Z"), at("2026-03-04T03:00:00Z")).unwrap();
    Arc::make_mut(&mut world.facts.timetable).closures[0].period = night;
    assert_eq!(world.codes(), [Code::LabClosed]);
}

#[test]
fn a_certification_must_hold_through_the_end_of_the_use() {
    let mut world = world();
    world.facts.machine.rules =
        Rules { grid_minutes: 60, max_minutes: 1440, unattended: true, ..Rules::default() };
    world.certified().valid_until = Some(date("2026-03-03"));
    world.proposal.period = Period::new(at("2026-03-03T16:00:00Z"), at("2026-03-03T23:00:00Z")).unwrap();
    assert_eq!(world.codes(), [], "it ends at local midnight");
    world.proposal.period = Period::new(at("2026-03-03T16:00:00Z"), at("2026-03-04T00:00:00Z")).unwrap();
    assert_eq!(world.codes(), [Code::TrainingExpired]);
}

proptest! {
    /// Accept whatever the gates accept, in any order: no two holds ever meet.
    #[test]
    fn no_two_accepted_uses_overlap(wishes in prop::collection::vec((0i64..20, 1i64..5), 1..40)) {
        let mut world = world();
        world.plan().weekly_minutes = None;
        world.plan().reservations_ahead = None;
        let opening = tuesday("08:30", "18:00").start();
        for (start, length) in wishes {
            let start = opening + TimeDelta::minutes(30 * start);
            world.proposal.period = Period::starting(start, TimeDelta::minutes(30 * length)).unwrap();
            if let Ok(accepted) = review(&world.proposal, &world.facts, world.now) {
                let made = Claim { hold: accepted.hold(), ..claim(world.facts.machine.id, accepted.period(), 1) };
                world.facts.on_machine.push(made);
            }
        }
        let held = &world.facts.on_machine;
        for (place, one) in held.iter().enumerate() {
            prop_assert!(held[place + 1..].iter().all(|other| !one.hold.overlaps(other.hold)));
        }
    }
}
