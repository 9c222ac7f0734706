//! A machine that only staff may start while the server is away.

use etabli::{
    machines::{
        PowerPolicy,
        policy::{NewStart, WhileRunning},
    },
    simulator::{core::HELLO, weather::Fate},
};

use crate::world::{World, badges::walk_in};

#[tokio::test]
async fn without_the_server_staff_start_it_and_others_do_not() {
    let world = World::with_lab().await;
    let careful = PowerPolicy { link_loss_running: WhileRunning::ContinueUntilIdle, ..walk_in() };
    let policy = |link_loss_start| PowerPolicy { link_loss_start, ..careful.clone() };
    world.powered("scie", policy(NewStart::AllowList)).await;
    let ada = world.maker("Ada").await;
    let kim = world.member("Kim").staff().on_plan("maker", "2026-01-01").await;
    world.badged(&ada).await;
    world.badged(&kim).await;
    let mut saw = world.simulated(&world.staff().await, "scie").await;
    for who in [&ada, &kim] {
        // Once with the server, which learns how the badge stands in the list.
        saw.badge(who).await;
        assert!(saw.core.is_on());
        saw.badge(who).await;
        assert!(!saw.core.is_on());
    }
    saw.wait(2 * HELLO).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "the list names whoever may");
    saw.badge(&ada).await;
    saw.weather.clear();
    saw.wait(2 * HELLO).await;

    world.powered("scie", policy(NewStart::StaffOnly)).await;
    saw.wait(2 * HELLO).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(!saw.core.is_on(), "the list that named her is not read any more");
    saw.badge(&kim).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "staff stand on the new one");
}

#[tokio::test]
async fn a_list_of_another_policy_is_forgotten_before_the_new_one_is_there() {
    let world = World::with_lab().await;
    world.powered("scie", PowerPolicy { link_loss_start: NewStart::AllowList, ..walk_in() }).await;
    let ada = world.maker("Ada").await;
    world.badged(&ada).await;
    let mut saw = world.simulated(&world.staff().await, "scie").await;
    saw.badge(&ada).await;
    saw.badge(&ada).await;
    saw.wait(2 * HELLO).await;
    assert!(saw.core.memory.list.is_some());
    world.powered("scie", PowerPolicy { link_loss_start: NewStart::StaffOnly, ..walk_in() }).await;
    // The hello is heard; the list that should follow is lost on its way, and so is everything after it.
    while saw.core.memory.list.is_some() {
        saw.weather.clear();
        saw.weather.expect(Fate::Pass, 1);
        saw.weather.expect(Fate::Drop, 10_000);
        saw.wait(1000).await;
    }
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(!saw.core.is_on());
}
