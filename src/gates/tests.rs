//! A case in which every gate passes, and what each broken fact makes of it.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

use super::{Facts, Proposal, report, review, review::GATES};
use crate::{
    kernel::{Code, Id, Instant, Locale, MachineId, Name, Period, Refusal, Zone},
    lab::{Closure, Lab, OpeningSpan, Scope, Timetable, model::Day},
    machines::{
        Machine, Outage, Rules, State, Workshop,
        claims::{Claim, Kind},
    },
    people::{Contact, Held, Rights, Standing, Suspension},
    training::{Certification, CertificationState, Training},
};

struct World {
    proposal: Proposal,
    facts: Facts,
    now: Instant,
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A period of Tuesday 3 March 2026, in UTC; the lab stands in Paris, an hour ahead.
fn tuesday(from: &str, to: &str) -> Period {
    Period::new(at(&format!("2026-03-03T{from}:00Z")), at(&format!("2026-03-03T{to}:00Z"))).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn name(text: &str) -> Name {
    Name { fr: text.into(), en: text.into() }
}

fn timetable() -> Timetable {
    let span = |weekday, opens, closes, staffed| OpeningSpan {
        weekday: Day::numbered(weekday).unwrap(),
        opens,
        closes,
        staffed,
        valid_from: None,
        valid_to: None,
    };
    let lab = Lab {
        id: Id::new(),
        slug: "lab".into(),
        name: "Lab".into(),
        zone: Zone::PARIS,
        charter_version: 3,
        charter: name("charter"),
        french_holidays: true,
        demo: false,
        calendar_version: 1,
    };
    // Tuesday 07:00–22:00, staffed from 09:00 to 19:00.
    Timetable { lab, spans: vec![span(2, 540, 1140, true), span(2, 420, 1320, false)], closures: Vec::new() }
}

fn machine(workshop: &Workshop) -> Machine {
    Machine {
        id: MachineId::new(),
        slug: "tour-metal".into(),
        name: name("lathe"),
        workshop: workshop.id,
        kind: None,
        position: 1,
        outage: None,
        rules: Rules { notice_minutes: 30, buffer_minutes: 30, min_age: Some(18), ..Rules::default() },
        calendar_version: 1,
        version: 1,
    }
}

fn certification(training: &Training, valid_until: Option<NaiveDate>) -> Certification {
    Certification {
        id: Id::new(),
        member: Id::new(),
        training: training.id,
        given_by: None,
        given_at: at("2025-03-03T09:00:00Z"),
        valid_until,
        note: None,
        session: None,
        state: CertificationState::Valid,
        state_reason: None,
        state_by: None,
        state_at: None,
    }
}

/// Tuesday 08:00 UTC; a member in order asks for 10:00 to 11:00.
fn world() -> World {
    let workshop = Workshop {
        id: Id::new(),
        slug: "metal".into(),
        name: name("metal"),
        area_m2: 110,
        capacity: 2,
        position: 1,
        version: 1,
    };
    let training = Training {
        id: Id::new(),
        slug: "securite-metal".into(),
        name: name("metal"),
        valid_months: None,
        version: 1,
    };
    let standing = Standing {
        contact: Contact {
            id: Id::new(),
            email: "ada@example.org".parse().unwrap(),
            display_name: "Ada".into(),
            locale: Locale::Fr,
        },
        birth_date: Some(date("1990-01-01")),
        email_confirmed: true,
        suspension: None,
        charter_version: Some(3),
        guardian_consent: false,
        memberships: vec![Held {
            starts_on: date("2026-01-01"),
            ends_on: date("2026-12-31"),
            plan: Rights {
                slug: "maker".into(),
                weekly_minutes: Some(600),
                reservations_ahead: Some(3),
                unstaffed_hours: false,
            },
        }],
    };
    let facts = Facts {
        timetable: Arc::new(timetable()),
        machine: machine(&workshop),
        workshop,
        on_machine: Vec::new(),
        in_workshop: Vec::new(),
        standing,
        own: Vec::new(),
        certifications: vec![certification(&training, None)],
        required: vec![training],
    };
    let proposal = Proposal {
        period: tuesday("10:00", "11:00"),
        replaces: None,
        keeps_start: false,
        overrides: Vec::new(),
    };
    World { proposal, facts, now: at("2026-03-03T08:00:00Z") }
}

fn claim(machine: MachineId, period: Period, people: i32) -> Claim {
    let hold = period.extended(TimeDelta::minutes(30));
    Claim { machine, period, hold, kind: Kind::Reservation, holder: Uuid::now_v7(), member: None, people }
}

impl World {
    fn refusals(&self) -> Vec<Refusal> {
        review(&self.proposal, &self.facts, self.now).err().unwrap_or_default()
    }

    fn codes(&self) -> Vec<Code> {
        self.refusals().iter().map(|refusal| refusal.code).collect()
    }

    fn plan(&mut self) -> &mut Rights {
        &mut self.facts.standing.memberships[0].plan
    }

    fn certified(&mut self) -> &mut Certification {
        &mut self.facts.certifications[0]
    }

    fn closes(&mut self, scope: Scope) {
        let closure =
            Closure { id: Id::new(), scope, period: tuesday("10:30", "10:45"), reason: "inventaire".into() };
        Arc::make_mut(&mut self.facts.timetable).closures.push(closure);
    }
}

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
#[case::far(Code::TooFar, |w: &mut World| w.now = at("2026-01-02T09:59:00Z"))]
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
