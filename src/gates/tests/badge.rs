//! A badge at the machine: who may switch it on, and until when.

use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::{prop, prop_assert, proptest};
use rstest::rstest;

use super::world::{World, at, claim, date, tuesday, world};
use crate::{
    gates::{
        presence::{Locked, Presence},
        until,
    },
    kernel::{Code, Id, Instant, MemberId},
    lab::Scope,
    machines::{
        Outage, PowerPolicy, State,
        claims::{Claim, Kind},
        policy::{Need, Supervision},
    },
    people::Suspension,
};

/// Ten o'clock in UTC; the lab closes for her at 18:00 (staffed) or 21:00 (not).
const NOW: &str = "2026-03-03T10:00:00Z";

/// The member in order stands at the machine, where everybody may come by.
fn scene() -> World {
    let mut world = world();
    world.facts.machine.rules.notice_minutes = 600;
    world.facts.presence = Some(Presence {
        member: world.facts.standing.contact.id,
        policy: PowerPolicy { reservation: Need::WalkIn, max_session_minutes: 600, ..PowerPolicy::default() },
        running: None,
        reachable: true,
        lockout: None,
        proven: true,
        supervised: true,
        excepted: Vec::new(),
    });
    world.now = at(NOW);
    world
}

fn scan(world: &World) -> Result<(String, Option<Code>), Vec<Code>> {
    since(world, world.now)
}

fn since(world: &World, since: Instant) -> Result<(String, Option<Code>), Vec<Code>> {
    let presence = world.facts.presence.clone().unwrap();
    let lasting = until(&world.facts, &presence, since, world.now);
    let lasting =
        lasting.map_err(|refusals| refusals.iter().map(|refusal| refusal.code).collect::<Vec<_>>())?;
    Ok((lasting.accepted.period().end().to_string()[11..16].to_owned(), lasting.bound))
}

fn presence(world: &mut World) -> &mut Presence {
    world.facts.presence.as_mut().unwrap()
}

/// A reservation of the machine, by its member or by somebody else.
fn reserved(world: &mut World, own: bool, from: &str, to: &str) {
    let member = if own { world.facts.standing.contact.id } else { MemberId::new() };
    let made = Claim { member: Some(member), ..claim(world.facts.machine.id, tuesday(from, to), 1) };
    if own {
        world.facts.own.push(made.clone());
    }
    world.facts.on_machine.push(made);
}

fn by_reservation(world: &mut World) {
    presence(world).policy.reservation = Need::ReservationRequired;
}

type Story = fn(&mut World);

#[rstest]
#[case::closing(|_: &mut World| {}, "18:00", Some(Code::LabClosed))]
#[case::unstaffed_hours(|w: &mut World| w.plan().unstaffed_hours = true, "20:00", None)]
#[case::its_own_longest(|w: &mut World| presence(w).policy.max_session_minutes = 90, "11:30", None)]
#[case::a_closure(|w: &mut World| w.closes(Scope::Workshop(w.facts.workshop.id)), "10:30", Some(Code::LabClosed))]
#[case::staff_go_home(|w: &mut World| {
    w.plan().unstaffed_hours = true;
    w.facts.machine.rules.supervised = true;
}, "18:00", Some(Code::SupervisionRequired))]
#[case::the_next_reservation_and_its_clean_up(|w: &mut World| reserved(w, false, "12:00", "13:00"), "11:30", Some(Code::ReservedForOther))]
#[case::a_group(|w: &mut World| {
    reserved(w, false, "12:00", "13:00");
    w.facts.on_machine[0].kind = Kind::GroupSession;
}, "11:30", Some(Code::MachineTaken))]
#[case::her_own_later_reservation_is_not_in_the_way(|w: &mut World| reserved(w, true, "12:00", "13:00"), "18:00", Some(Code::LabClosed))]
#[case::she_is_expected_elsewhere(|w: &mut World| w.facts.own.push(claim(Id::new(), tuesday("15:00", "16:00"), 1)), "15:00", Some(Code::MemberElsewhere))]
#[case::the_workshop_fills(|w: &mut World| w.facts.in_workshop.push(claim(Id::new(), tuesday("14:00", "15:00"), 2)), "14:00", Some(Code::WorkshopFull))]
#[case::reservation_and_grace(|w: &mut World| reserved(w, true, "09:30", "11:00"), "11:10", None)]
#[case::grace_that_somebody_wants(|w: &mut World| {
    reserved(w, true, "09:30", "11:00");
    reserved(w, false, "11:35", "12:00");
}, "11:05", Some(Code::ReservedForOther))]
#[case::no_grace_left(|w: &mut World| {
    reserved(w, true, "09:30", "11:00");
    reserved(w, false, "11:30", "12:00");
}, "11:00", Some(Code::ReservedForOther))]
#[case::reservations_that_follow_each_other(|w: &mut World| {
    reserved(w, true, "09:30", "11:00");
    reserved(w, true, "11:00", "12:00");
}, "12:10", None)]
#[case::early_by_the_grace(|w: &mut World| {
    by_reservation(w);
    reserved(w, true, "10:08", "11:00");
}, "11:10", None)]
#[case::her_own_reservation_counts(|w: &mut World| {
    by_reservation(w);
    reserved(w, true, "10:00", "11:00");
}, "11:10", None)]
fn a_badge_switches_it_on_until(#[case] story: Story, #[case] expected: &str, #[case] bound: Option<Code>) {
    let mut world = scene();
    story(&mut world);
    assert_eq!(scan(&world), Ok((expected.to_owned(), bound)));
}

#[rstest]
#[case::no_reservation(Code::ReservationMissing, by_reservation as Story)]
#[case::too_early(Code::ReservationMissing, |w: &mut World| {
    by_reservation(w);
    reserved(w, true, "10:11", "11:00");
})]
#[case::somebody_elses_time(Code::ReservedForOther, |w: &mut World| reserved(w, false, "09:30", "11:00"))]
#[case::somebody_elses_clean_up(Code::ReservedForOther, |w: &mut World| reserved(w, false, "09:00", "09:45"))]
#[case::a_repair(Code::MachineTaken, |w: &mut World| {
    reserved(w, false, "09:30", "11:00");
    w.facts.on_machine[0].kind = Kind::Maintenance;
})]
#[case::in_use(Code::MachineInUse, |w: &mut World| presence(w).running = Some(MemberId::new()))]
#[case::offline(Code::MachineOffline, |w: &mut World| presence(w).reachable = false)]
#[case::locked_out(Code::LockedOut, |w: &mut World| presence(w).lockout = Some(Locked { class: "defect", reason: None }))]
#[case::badge_alone(Code::SecondFactorMissing, |w: &mut World| {
    presence(w).policy.risk_class = 2;
    presence(w).proven = false;
})]
#[case::alone(Code::SupervisorMissing, |w: &mut World| {
    presence(w).policy.supervision = Supervision::Buddy;
    presence(w).supervised = false;
})]
#[case::out_of_service(Code::MachineOutOfService, |w: &mut World| w.facts.machine.outage = Some(Outage {
    state: State::Broken, reason: "courroie".into(), by: None, since: w.now, until: None }))]
#[case::full(Code::WorkshopFull, |w: &mut World| w.facts.in_workshop.push(claim(Id::new(), tuesday("09:30", "12:00"), 2)))]
#[case::elsewhere(Code::MemberElsewhere, |w: &mut World| w.facts.own.push(claim(Id::new(), tuesday("09:30", "12:00"), 1)))]
#[case::unconfirmed(Code::EmailUnconfirmed, |w: &mut World| w.facts.standing.email_confirmed = false)]
#[case::suspended(Code::AccountSuspended, |w: &mut World| w.facts.standing.suspension = Some(Suspension {
    since: w.now, until: None, reason: "sans lunettes".into() }))]
#[case::charter(Code::CharterUnsigned, |w: &mut World| w.facts.standing.charter_version = None)]
#[case::no_membership(Code::MembershipMissing, |w: &mut World| w.facts.standing.memberships[0].ends_on = date("2026-03-02"))]
#[case::untrained(Code::TrainingMissing, |w: &mut World| w.facts.certifications.clear())]
#[case::expired(Code::TrainingExpired, |w: &mut World| w.certified().valid_until = Some(date("2026-03-02")))]
#[case::young(Code::TooYoung, |w: &mut World| w.facts.standing.birth_date = None)]
#[case::closed(Code::LabClosed, |w: &mut World| w.now = at("2026-03-03T19:00:00Z"))]
fn a_badge_is_refused_with_the_reason(#[case] expected: Code, #[case] breaking: Story) {
    let mut world = scene();
    breaking(&mut world);
    assert_eq!(scan(&world), Err(vec![expected]));
}

#[test]
fn every_reason_is_told_at_once() {
    let mut world = scene();
    by_reservation(&mut world);
    reserved(&mut world, false, "09:30", "11:00");
    world.facts.certifications.clear();
    presence(&mut world).running = Some(MemberId::new());
    let told = scan(&world).unwrap_err();
    assert_eq!(
        told,
        [Code::TrainingMissing, Code::ReservationMissing, Code::ReservedForOther, Code::MachineInUse]
    );
}

#[test]
fn a_certification_ends_the_session_at_midnight() {
    let mut world = scene();
    world.plan().unstaffed_hours = true;
    Arc::make_mut(&mut world.facts.timetable).spans[1].closes = 1440;
    world.now = at("2026-03-03T20:00:00Z");
    world.certified().valid_until = Some(date("2026-03-03"));
    assert_eq!(scan(&world), Ok(("23:00".to_owned(), Some(Code::LabClosed))), "closing time is told first");
    world.facts.machine.rules.unattended = true;
    assert_eq!(scan(&world), Ok(("23:00".to_owned(), Some(Code::TrainingExpired))), "midnight in Paris");
}

#[test]
fn a_print_that_began_in_the_day_runs_through_the_night() {
    let mut world = scene();
    world.facts.machine.rules.unattended = true;
    world.facts.machine.rules.buffer_minutes = 0;
    presence(&mut world).policy.max_session_minutes = 1440;
    world.now = at("2026-03-04T02:00:00Z");
    assert_eq!(scan(&world), Err(vec![Code::LabClosed]), "nobody starts one at night");
    assert_eq!(since(&world, at(NOW)), Ok(("10:00".to_owned(), None)), "but it may go on");
}

#[rstest]
#[case::cancelled(|w: &mut World| { w.facts.own.clear(); w.facts.on_machine.clear(); }, Err(vec![Code::ReservationMissing]))]
#[case::longer(|w: &mut World| w.facts.own[0].period = tuesday("09:30", "12:00"), Ok(("12:10".to_owned(), None)))]
#[case::revoked(|w: &mut World| w.facts.certifications.clear(), Err(vec![Code::TrainingMissing]))]
#[case::over(|w: &mut World| w.now = at("2026-03-03T11:10:00Z"), Err(vec![]))]
fn a_running_session_is_asked_about_again(
    #[case] story: Story,
    #[case] expected: Result<(String, Option<Code>), Vec<Code>>,
) {
    let mut world = scene();
    by_reservation(&mut world);
    reserved(&mut world, true, "09:30", "11:00");
    world.now = at("2026-03-03T10:30:00Z");
    assert_eq!(since(&world, at(NOW)), Ok(("11:10".to_owned(), None)));
    story(&mut world);
    assert_eq!(since(&world, at(NOW)), expected);
}

proptest! {
    /// Wherever others have reserved, a session never reaches into their time.
    #[test]
    fn no_session_reaches_into_somebody_elses_reservation(wishes in prop::collection::vec((0i64..16, 1i64..4), 0..6)) {
        let mut world = scene();
        let opening = tuesday("08:30", "18:00").start();
        for (start, length) in wishes {
            let period = crate::kernel::Period::starting(opening + TimeDelta::minutes(30 * start), TimeDelta::minutes(30 * length)).unwrap();
            let made = Claim { member: Some(MemberId::new()), ..claim(world.facts.machine.id, period, 1) };
            world.facts.on_machine.push(made);
        }
        let presence = world.facts.presence.clone().unwrap();
        if let Ok(lasting) = until(&world.facts, &presence, world.now, world.now) {
            prop_assert!(lasting.accepted.period().end() > world.now);
            let hold = lasting.accepted.hold();
            prop_assert!(world.facts.on_machine.iter().all(|claim| !claim.hold.overlaps(hold)));
        }
    }
}
