//! Two controllers at one machine: each speaks for itself.

use etabli::{
    power,
    simulator::core::{BEAT, HELLO},
};

use super::simulated::{at_the_saw, ended, is_intended, saw_of};
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
