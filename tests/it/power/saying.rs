//! What should be is said by intents, what is by observations.

use chrono::TimeDelta;
use etabli::{
    kernel::PowerSessionId,
    power::{self, Fault, Intent, Observation, Source},
};

use super::saw;
use crate::world::World;

#[tokio::test]
async fn the_last_word_about_a_machine_counts_and_its_version_grows() {
    let world = World::with_lab().await;
    let (saw, now, session) = (saw(&world).await, world.app.now(), PowerSessionId::new());
    let until = Some(now + TimeDelta::minutes(30));
    let words = [
        Intent { on: true, until, session: Some(session) },
        Intent { on: false, until: None, session: None },
        Intent { on: true, until, session: Some(session) },
    ];
    assert_eq!(world.app.store.read(move |db| power::intended(db, saw)).await.unwrap(), None);
    for (said, word) in words.into_iter().enumerate() {
        let at = now + TimeDelta::seconds(i64::try_from(said).unwrap());
        world.app.store.write(move |db| power::intend(db, saw, word, at)).await.unwrap();
        let stands = world.app.store.read(move |db| power::intended(db, saw)).await.unwrap().unwrap();
        assert_eq!((stands.on, stands.until, stands.session), (word.on, word.until, word.session));
        assert_eq!((stands.said_at, stands.version), (at, 1 + i64::try_from(said).unwrap()));
    }
}

#[tokio::test]
async fn what_was_seen_is_kept_with_its_energy_and_its_quiet() {
    let world = World::with_lab().await;
    let (saw, now) = (saw(&world).await, world.app.now());
    let observe = async |minute: i64, watts, fault| {
        let seen = Observation { source: Source::Plug, online: true, on: Some(true), watts, fault };
        let at = now + TimeDelta::minutes(minute);
        let known = world.app.store.write(move |db| power::observe(db, saw, seen, at)).await.unwrap();
        let kept = world.app.store.read(move |db| power::observed(db, saw)).await.unwrap();
        assert_eq!(kept, Some(known));
        known
    };
    assert_eq!(world.app.store.read(move |db| power::observed(db, saw)).await.unwrap(), None);
    observe(0, Some(1200.0), None).await;
    let quiet = observe(1, Some(2.5), None).await;
    assert_eq!((quiet.watt_hours, quiet.idle_since), (20.0, Some(now + TimeDelta::minutes(1))));
    let still = observe(2, Some(2.0), Some(Fault::Device)).await;
    assert_eq!((still.since, still.idle_since), (now, Some(now + TimeDelta::minutes(1))));
    assert_eq!(still.fault, Some(Fault::Device));
}
