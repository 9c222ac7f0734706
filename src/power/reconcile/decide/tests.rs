//! What is true of every decision.

use super::{Duration, Fault, INSIST, PATIENCE, Scene, Step, TRIES, Told, decide};

/// What is known of a relay, and what it said last.
const KNOWN: [(Option<bool>, Option<bool>); 5] = [
    (None, None),
    (None, Some(false)),
    (None, Some(true)),
    (Some(false), Some(false)),
    (Some(true), Some(true)),
];

/// Every scene there is, with commands at each of their ages.
fn every() -> Vec<Scene> {
    let ages = [Duration::ZERO, PATIENCE, INSIST];
    let mut tolds = vec![None];
    for on in [false, true] {
        for tries in 1..=TRIES + 1 {
            tolds.extend(ages.map(|ago| Some(Told { on, tries, ago })));
        }
    }
    let faults = [None, Some(Fault::NoAnswer), Some(Fault::OnWithoutSession), Some(Fault::OffInSession)];
    let mut all = Vec::new();
    for bits in 0_u8..32 {
        let bit = |place: u8| bits >> place & 1 == 1;
        for (on, said) in KNOWN {
            for fault in faults {
                all.extend(tolds.iter().map(|told| Scene {
                    wants: bit(0),
                    fresh: bit(1),
                    online: bit(2),
                    on,
                    said,
                    lit: bit(3),
                    fault,
                    told: *told,
                    lease_due: bit(4),
                }));
            }
        }
    }
    all
}

fn holds(what: &str, law: impl Fn(&Scene, Step) -> bool) {
    let broken: Vec<_> = every().into_iter().filter(|scene| !law(scene, decide(scene))).collect();
    assert!(
        broken.is_empty(),
        "{what}: {} scenes, such as {:?} → {:?}",
        broken.len(),
        broken[0],
        decide(&broken[0])
    );
}

#[test]
fn a_start_is_only_tried_when_it_is_wanted_freshly_and_for_the_first_time() {
    holds("start", |scene, step| {
        step != Step::Switch(true)
            || (scene.wants && scene.fresh && scene.online && !scene.lit && scene.on != Some(true))
    });
}

#[test]
fn a_lease_is_only_renewed_while_the_machine_should_be_on_and_is() {
    holds("lease", |scene, step| {
        step != Step::Renew || (scene.wants && scene.lease_due && scene.on == Some(true))
    });
}

#[test]
fn no_start_and_no_renewal_goes_to_a_plug_that_is_away() {
    holds("away", |scene, step| scene.online || !matches!(step, Step::Switch(true) | Step::Renew));
}

#[test]
fn what_should_be_off_and_is_not_known_to_be_is_told_so_for_ever_also_while_it_is_away() {
    holds("stop", |scene, step| {
        let told = scene.told.filter(|told| !told.on);
        let soon = scene.online && told.is_some_and(|told| told.tries < TRIES && told.ago >= PATIENCE);
        let due = soon || told.is_none_or(|told| told.ago >= INSIST);
        let first_fault =
            scene.online && scene.fault.is_none() && told.is_some_and(|told| told.tries >= TRIES);
        let must = !scene.wants && scene.on != Some(false) && due && !first_fault;
        !must || step == Step::Switch(false)
    });
}

#[test]
fn what_cannot_be_reached_is_no_fault_of_switching_off() {
    holds("away, off", |scene, step| scene.wants || scene.online || !matches!(step, Step::Fail(_)));
}

#[test]
fn a_fault_of_a_relay_that_will_not_go_off_rests_on_what_it_said() {
    holds("will not go off", |scene, step| {
        step != Step::Fail(Fault::OnWithoutSession) || scene.said == Some(true)
    });
}

#[test]
fn a_plug_that_went_off_in_a_session_is_a_fault_and_stays_off() {
    holds("off in a session", |scene, step| {
        let went = scene.wants && scene.lit && scene.on == Some(false);
        let given_up = matches!(scene.fault, Some(Fault::NoAnswer | Fault::OffInSession));
        !went || step == if given_up { Step::Rest } else { Step::Fail(Fault::OffInSession) }
    });
}

#[test]
fn a_fault_is_over_when_what_should_be_off_is_off_and_no_sooner() {
    holds("over", |scene, step| {
        let over = !scene.wants && scene.on == Some(false) && scene.fault.is_some();
        (step == Step::Recover) == over
    });
}

#[test]
fn a_fault_is_said_once() {
    holds("once", |scene, step| match (step, scene.fault) {
        (Step::Fail(_), Some(Fault::NoAnswer | Fault::OffInSession)) => false,
        (Step::Fail(fault), Some(known)) => fault != known,
        _ => true,
    });
}
