//! Two controllers at one machine: each speaks for itself.

use chrono::TimeDelta;
use etabli::{
    access::session::EndReason,
    machines::{
        PowerPolicy,
        policy::{NewStart, WhileRunning},
    },
    power,
    simulator::{
        core::{BEAT, HELLO},
        weather::Fate,
    },
};

use super::{
    afterwards::last,
    simulated::{at_the_saw, ended, is_intended, saw_of},
};
use crate::world::{World, badges::walk_in};

#[tokio::test]
async fn a_controller_at_rest_does_not_end_what_runs_at_the_other_one() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    let boss = world.member("boss").staff().await;
    saw.badge(&ada).await;
    saw.wait(2 * BEAT).await;
    let mut other = world.simulated(&boss, "scie").await;
    other.wait(2 * HELLO).await;
    assert!(saw.core.is_on() && !other.core.is_on());
    assert_eq!(ended(&world, &ada).await, None);
    let machine = saw_of(&world).await;
    let seen = world.app.store.read(move |db| power::observed(db, machine)).await.unwrap().unwrap();
    assert_eq!(seen.on, Some(true), "its relay tells nothing of a machine that is on by another one");
    // Her badge at the other reader ends it all the same.
    other.badge(&ada).await;
    assert!(!is_intended(&world).await && ended(&world, &ada).await.is_some());
    for _ in 0..200 {
        saw.pass().await;
    }
    assert!(!saw.core.is_on());
}

#[tokio::test]
async fn what_ran_in_the_dark_is_kept_though_the_other_controller_runs_by_now() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, alone()).await;
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    saw.badge(&ada).await;
    saw.badge(&ada).await;
    saw.wait(3 * HELLO).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "by the list");
    let began = world.app.now();
    saw.wait(60_000).await;
    saw.badge(&ada).await;
    let stopped = world.app.now();

    // The house knows nothing of that, and lets Bo begin at the other controller.
    let mut other = world.simulated(&world.member("boss").staff().await, "scie").await;
    other.badge(&bo).await;
    assert!(other.core.is_on());
    saw.weather.clear();
    saw.wait(2 * HELLO).await;
    assert!(saw.core.memory.events.is_empty() && other.core.is_on());
    let kept = last(&world, &ada).await;
    let (ended, reason) = kept.ended.expect("an end");
    assert_eq!((ended, reason), (stopped, EndReason::Badge));
    assert!(kept.started_at > began - TimeDelta::seconds(7) && kept.started_at <= began);
    assert_eq!(last(&world, &bo).await.ended, None, "and Bo goes on");
}

#[tokio::test]
async fn what_began_in_the_dark_goes_off_where_the_other_controller_has_the_machine() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, alone()).await;
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    saw.badge(&ada).await;
    saw.badge(&ada).await;
    saw.wait(3 * HELLO).await;
    let mut other = world.simulated(&world.member("boss").staff().await, "scie").await;
    other.badge(&bo).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on() && other.core.is_on(), "by the list: nobody tells it of Bo");
    saw.weather.clear();
    saw.wait(3 * BEAT).await;
    assert!(!saw.core.is_on(), "the house has heard of it, and Bo has the machine");
    saw.wait(HELLO).await;
    let (ended, reason) = last(&world, &ada).await.ended.expect("an end");
    assert_eq!(reason, EndReason::Lease);
    assert!(ended > last(&world, &ada).await.started_at, "for as long as it had power");
    assert!(other.core.is_on());
    assert_eq!(last(&world, &bo).await.ended, None);
}

#[tokio::test]
async fn whoever_takes_over_what_ran_in_the_dark_has_it_and_both_sessions_are_kept() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, alone()).await;
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    saw.badge(&ada).await;
    saw.badge(&ada).await;
    saw.wait(3 * HELLO).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&ada).await;
    saw.wait(60_000).await;
    assert!(saw.core.is_on(), "by the list");
    // The link is back, and Bo is there before the house has heard of Ada.
    saw.weather.clear();
    saw.badge(&bo).await;
    let taken = world.app.now();
    saw.wait(2 * HELLO).await;
    assert!(saw.core.is_on());
    assert_eq!(last(&world, &bo).await.ended, None, "Bo goes on");
    let adas = last(&world, &ada).await;
    let (ended, reason) = adas.ended.expect("an end");
    assert_eq!(reason, EndReason::Takeover);
    assert!(ended > adas.started_at && ended <= taken + TimeDelta::seconds(1), "{adas:?}");
    saw.badge(&bo).await;
    saw.wait(2 * HELLO).await;
    assert_eq!(last(&world, &bo).await.ended.map(|(_, reason)| reason), Some(EndReason::Badge));
}

/// A machine that starts by its list, and goes on without a link.
fn alone() -> PowerPolicy {
    PowerPolicy {
        link_loss_start: NewStart::AllowList,
        link_loss_running: WhileRunning::ContinueUntilIdle,
        ..walk_in()
    }
}
