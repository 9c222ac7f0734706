//! Whole controllers against the whole house, in bad weather.

use etabli::{
    access::{read, session::EndReason},
    kernel::MachineId,
    machines::{
        self, PowerPolicy,
        policy::{NewStart, WhileRunning},
    },
    power,
    simulator::{
        core::{BEAT, HELLO, Happening, LOST},
        weather::Fate,
    },
};
use serde_json::json;

use crate::world::{World, badges::walk_in, people::Person, simulated::Simulated};

/// A lab where Ada may switch the saw on, and a controller at the saw.
pub async fn at_the_saw(world: &World, policy: PowerPolicy) -> (Person<'_>, Simulated<'_>) {
    world.powered("scie", policy).await;
    let (staff, ada) = (world.staff().await, world.maker("Ada").await);
    world.badged(&ada).await;
    let saw = world.simulated(&staff, "scie").await;
    (ada, saw)
}

pub async fn saw_of(world: &World) -> MachineId {
    world.app.store.read(|db| Ok(machines::get(db, "scie")?.id)).await.unwrap()
}

/// How the last session of somebody ended; nothing while it is open.
pub async fn ended(world: &World, who: &Person<'_>) -> Option<EndReason> {
    let member = who.id;
    let page = etabli::kernel::PageRequest { limit: 10, after: None };
    let sessions = world.app.store.read(move |db| read::of_member(db, member, &page)).await.unwrap();
    sessions.items.first().unwrap_or_else(|| panic!("no session")).ended.map(|(_, reason)| reason)
}

pub async fn is_intended(world: &World) -> bool {
    let saw = saw_of(world).await;
    let intended = world.app.store.read(move |db| power::intended(db, saw)).await.unwrap();
    intended.is_some_and(|intended| intended.on)
}

#[tokio::test]
async fn a_badge_switches_the_saw_on_and_off() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    assert!(saw.core.is_on() && is_intended(&world).await);
    saw.wait(10 * BEAT).await;
    assert!(saw.core.is_on());
    saw.badge(&ada).await;
    assert!(!saw.core.is_on() && !is_intended(&world).await);
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Badge));
    saw.wait(2 * HELLO).await;
    assert!(saw.core.memory.events.is_empty(), "every event was heard");
    world.app.store.read(power::log::verify).await.unwrap();
}

#[tokio::test]
async fn the_card_stops_the_saw_while_the_server_is_down_and_the_server_hears_of_it() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    saw.weather.expect(Fate::Drop, 4);
    saw.badge(&ada).await;
    assert!(!saw.core.is_on());
    assert_eq!(ended(&world, &ada).await, None);
    saw.wait(4 * HELLO).await;
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Badge));
}

#[tokio::test]
async fn a_link_lost_while_running_does_what_the_policy_says() {
    for (running, goes_on) in [(WhileRunning::Stop, false), (WhileRunning::ContinueUntilIdle, true)] {
        let world = World::with_lab().await;
        let policy = PowerPolicy { link_loss_running: running, ..walk_in() };
        let (ada, mut saw) = at_the_saw(&world, policy).await;
        saw.badge(&ada).await;
        saw.weather.expect(Fate::Drop, 10_000);
        saw.wait(LOST + 2 * BEAT).await;
        assert_eq!(saw.core.is_on(), goes_on);
        saw.weather.clear();
        saw.wait(2 * HELLO).await;
        assert_eq!(saw.core.is_on(), goes_on);
        assert_eq!(ended(&world, &ada).await, (!goes_on).then_some(EndReason::Link));
    }
}

#[tokio::test]
async fn a_link_lost_at_rest_starts_nothing() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    for fate in [Fate::Drop, Fate::DropAnswer, Fate::Stall, Fate::Delay(800)] {
        saw.weather.expect(fate, 1);
        saw.badge(&ada).await;
        saw.wait(6000).await;
        assert!(!saw.core.is_on(), "{fate:?}");
        saw.wait(2 * HELLO).await;
        // Whatever the server believed for a moment, it knows better now.
        assert!(!is_intended(&world).await, "{fate:?}");
    }
    saw.badge(&ada).await;
    assert!(saw.core.is_on());
}

#[tokio::test]
async fn a_power_cut_leaves_the_saw_off_and_ends_the_session() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    saw.cut().await;
    assert!(!saw.core.is_on());
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Power));
    saw.wait(HELLO).await;
    let log = world.member("boss").staff().await.get(&format!("controllers/{}/events", saw.device.id)).await;
    let log = log.expect(200);
    assert_eq!((&log["gaps"], &log["forks"], &log["resets"]), (&json!(0), &json!(0), &json!(0)));
}

#[tokio::test]
async fn a_lockout_survives_a_reboot_and_lost_messages() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    saw.weather.expect(Fate::Drop, 3);
    saw.live(Happening::LockOut("emergency".into())).await;
    assert!(!saw.core.is_on());
    saw.cut().await;
    saw.wait(3 * HELLO).await;
    assert_eq!(saw.core.lockout(), Some("emergency"));
    // The house knows of it now: another controller at the same saw starts nothing either.
    let mut other = world.simulated(&world.member("boss").staff().await, "scie").await;
    assert_eq!(other.core.lockout(), Some("emergency"));
    other.badge(&ada).await;
    assert!(!other.core.is_on());
}

#[tokio::test]
async fn of_two_controllers_at_one_saw_one_gets_it() {
    let world = World::with_lab().await;
    let (ada, mut one) = at_the_saw(&world, walk_in()).await;
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    let mut two = world.simulated(&world.member("boss").staff().await, "scie").await;
    for _ in 0..20 {
        tokio::join!(one.badge(&ada), two.badge(&bo));
        assert_eq!(u8::from(one.core.is_on()) + u8::from(two.core.is_on()), 1);
        one.live(Happening::Button).await;
        two.live(Happening::Button).await;
        // Longer than a hand-over takes.
        one.wait(20_000).await;
        for _ in 0..200 {
            two.pass().await;
        }
        assert!(!one.core.is_on() && !two.core.is_on() && !is_intended(&world).await);
    }
}

#[tokio::test]
async fn a_start_without_the_server_becomes_a_session_like_any_other() {
    let world = World::with_lab().await;
    let policy = PowerPolicy {
        link_loss_start: NewStart::AllowList,
        link_loss_running: WhileRunning::ContinueUntilIdle,
        ..walk_in()
    };
    let (ada, mut saw) = at_the_saw(&world, policy).await;
    // Once with the server, which learns how the badge stands in the list; then the list is fetched.
    saw.badge(&ada).await;
    saw.badge(&ada).await;
    saw.wait(3 * HELLO).await;
    assert!(saw.core.memory.list.is_some());

    saw.weather.expect(Fate::Drop, 10_000);
    saw.wait(HELLO).await;
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on() && !is_intended(&world).await);
    saw.weather.clear();
    saw.wait(2 * HELLO).await;
    assert!(saw.core.is_on() && is_intended(&world).await);
    assert_eq!(ended(&world, &ada).await, None);
    saw.badge(&ada).await;
    saw.wait(2 * HELLO).await;
    assert!(!saw.core.is_on() && !is_intended(&world).await);
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Badge));

    // Somebody who was never here does not start it.
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&bo).await;
    saw.wait(6000).await;
    assert!(!saw.core.is_on());
}

#[tokio::test]
async fn a_controller_that_is_revoked_lets_go_and_its_key_opens_nothing() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    let boss = world.member("boss").staff().await;
    let path = format!("controllers/{}/revocation", saw.device.id);
    boss.post(&path, json!({ "reason": "volé" })).await.expect(200);
    saw.wait(2 * BEAT).await;
    assert!(!saw.core.is_on());
    saw.badge(&ada).await;
    assert!(!saw.core.is_on());
    let thief = saw.device.clone();
    thief
        .post("scans", json!({ "request": "r", "machine": "scie", "badge": "04A2B3C4", "mono_ms": 1 }))
        .await
        .problem(403, "controller_revoked");
}

#[tokio::test]
async fn copies_thieves_and_disorder_change_nothing() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.weather.expect(Fate::Twice, 1);
    saw.badge(&ada).await;
    assert!(saw.core.is_on());
    saw.weather.expect(Fate::StolenNonce, 1);
    saw.wait(BEAT).await;
    saw.weather.expect(Fate::HoldBack, 1);
    saw.wait(3 * BEAT).await;
    assert!(saw.core.is_on() && is_intended(&world).await);
    saw.badge(&ada).await;
    // The scan is held back until the next hello: its grant comes far too late.
    saw.weather.expect(Fate::HoldBack, 1);
    saw.badge(&ada).await;
    saw.wait(2 * HELLO).await;
    assert!(!saw.core.is_on() && !is_intended(&world).await);
}

#[tokio::test]
async fn a_clock_that_jumped_is_set_right_before_anything_starts() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    for jump in [3600, -3600] {
        saw.core.jump(jump);
        saw.badge(&ada).await;
        assert!(!saw.core.is_on());
        saw.badge(&ada).await;
        assert!(saw.core.is_on());
        saw.core.jump(jump);
        saw.wait(3 * BEAT).await;
        assert!(saw.core.is_on(), "a running saw does not care what time it is");
        saw.badge(&ada).await;
        saw.wait(HELLO).await;
        assert!(!saw.core.is_on() && !is_intended(&world).await);
    }
}
