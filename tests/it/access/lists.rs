//! Lists of a lost server, end to end: valid, over, older than one that was held, and of another key.

use chrono::TimeDelta;
use etabli::{
    machines::{
        PowerPolicy,
        policy::{NewStart, WhileRunning},
    },
    simulator::{
        core::{HELLO, Happening, Reply},
        weather::Fate,
    },
};
use serde_json::Value as Json;

use super::simulated::{at_the_saw, is_intended};
use crate::world::{World, badges::walk_in, people::Person, simulated::Simulated};

pub fn listed() -> PowerPolicy {
    PowerPolicy {
        link_loss_start: NewStart::AllowList,
        link_loss_running: WhileRunning::ContinueUntilIdle,
        ..walk_in()
    }
}

/// The badge is shown while the server hears it, so that it stands on the list that is fetched next.
pub async fn learned(saw: &mut Simulated<'_>, ada: &Person<'_>) {
    saw.badge(ada).await;
    saw.badge(ada).await;
    saw.wait(3 * HELLO).await;
    assert!(saw.core.memory.list.is_some());
}

/// The server is away, and the badge is shown.
async fn shown_in_the_dark(saw: &mut Simulated<'_>, ada: &Person<'_>) {
    saw.weather.expect(Fate::Drop, 10_000);
    saw.badge(ada).await;
    saw.wait(6000).await;
}

#[tokio::test]
async fn a_list_that_is_over_lets_nobody_in() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, listed()).await;
    learned(&mut saw, &ada).await;
    let list: Json = serde_json::from_str(saw.core.memory.list.as_ref().unwrap().list.get()).unwrap();
    let left = list["not_after"].as_i64().unwrap() - world.app.now().utc().timestamp();
    saw.weather.expect(Fate::Drop, 100_000);
    // Time goes by while nobody answers; a last look shortly before and shortly after the end.
    saw.sleep(TimeDelta::seconds(left - 60)).await;
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "it still holds");
    saw.badge(&ada).await;
    assert!(!saw.core.is_on());
    saw.sleep(TimeDelta::seconds(70)).await;
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(!saw.core.is_on(), "it is over");
}

#[tokio::test]
async fn a_list_that_was_rolled_back_lets_nobody_in() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, listed()).await;
    learned(&mut saw, &ada).await;
    let first = saw.core.memory.list.clone().unwrap();
    // Another badge is learned: another list.
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    learned(&mut saw, &bo).await;
    let second = saw.core.memory.list.clone().unwrap();
    assert_ne!(first.list.get(), second.list.get());

    // Written into its flash by somebody else: the version it held once is remembered.
    saw.core.memory.list = Some(first.clone());
    shown_in_the_dark(&mut saw, &ada).await;
    assert!(!saw.core.is_on());
    saw.core.memory.list = Some(second.clone());
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "the last one lets her in");
    saw.badge(&ada).await;

    // Played to it in place of the server's answer: refused, written down, told.
    saw.weather.clear();
    saw.wait(2 * HELLO).await;
    let letters = serde_json::to_string(&first).unwrap();
    saw.replay_list(letters).await;
    assert_ne!(saw.core.memory.list.as_ref().unwrap().list.get(), first.list.get());
    saw.wait(2 * HELLO).await;
    let log = world.member("boss").staff().await.get(&format!("controllers/{}/events", saw.device.id)).await;
    let log = log.expect(200);
    let refused = log["items"].as_array().unwrap().iter().find(|one| one["type"] == "list_refused");
    assert_eq!(refused.expect("a line of it")["data"]["why"], "a later list was held already");
    assert!(!is_intended(&world).await);
}

#[tokio::test]
async fn a_list_of_another_key_lets_nobody_in() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, listed()).await;
    learned(&mut saw, &ada).await;
    let other = world.simulated(&world.member("boss").staff().await, "scie-2").await;
    saw.core.memory.server_key = Some(other.device.key.public());
    shown_in_the_dark(&mut saw, &ada).await;
    assert!(!saw.core.is_on());
}

#[tokio::test]
async fn the_version_of_a_list_grows_when_it_says_something_else() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, listed()).await;
    learned(&mut saw, &ada).await;
    let version = async |saw: &Simulated<'_>| {
        let told = saw.device.get("allow-list?machine=scie").await.expect(200);
        told["list"]["version"].as_i64().unwrap()
    };
    let first = version(&saw).await;
    assert_eq!(version(&saw).await, first, "asked twice, told once");
    let bo = world.maker("Bo").await;
    world.badged(&bo).await;
    saw.badge(&bo).await;
    saw.live(Happening::Button).await;
    assert_eq!(version(&saw).await, first + 1, "one more badge");
    assert_eq!(version(&saw).await, first + 1);
}

impl Simulated<'_> {
    /// Answers the next request for a list with these letters.
    async fn replay_list(&mut self, letters: String) {
        self.weather.clear();
        self.instead = Some(("allow-list", Reply::Said(200, letters)));
        self.wait(HELLO + 1000).await;
        assert!(self.instead.is_none(), "a list was asked for");
    }
}
