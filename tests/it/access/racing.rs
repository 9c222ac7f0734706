//! Two at the same moment, on both databases.

use std::time::{Duration, Instant as Tick};

use chrono::TimeDelta;
use diesel::{QueryDsl, RunQueryDsl};
use etabli::{
    access::{read, renew},
    kernel::{MachineId, PowerSessionId},
    machines, power,
    store::schema::{power_session, scan},
};
use serde_json::json;

use crate::world::{
    World,
    badges::{number, walk_in},
    controller::fresh_code,
};

#[actix_web::test]
async fn the_same_scan_twice_at_once_gets_the_same_answer() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let count = async || {
        let read = |db: &mut etabli::store::Db| {
            let sessions: i64 = power_session::table.count().get_result(db)?;
            let scans: i64 = scan::table.count().get_result(db)?;
            Ok((sessions, scans))
        };
        world.app.store.read(read).await.unwrap()
    };
    for round in 0..20 {
        let before = count().await;
        let said =
            json!({ "request": fresh_code(), "machine": "scie", "badge": number(ada.id), "mono_ms": 1 });
        // Two letters with a nonce each, as a firmware sends that did not hear and could not wait.
        let (one, two) = tokio::join!(device.post("scans", said.clone()), device.post("scans", said));
        let (one, two) = (one.expect(200), two.expect(200));
        assert_eq!(one, two, "round {round}");
        let started = i64::from(round % 2 == 0);
        assert_eq!(one["verdict"], if started == 1 { "grant" } else { "end" });
        assert_eq!(count().await, (before.0 + started, before.1 + 1));
        world.clock.advance(TimeDelta::seconds(20));
    }
}

/// Leases are renewed one by one: nobody who shows a badge waits for another machine's lease, and nobody gets stuck.
#[actix_web::test]
async fn badges_and_leases_do_not_wait_for_each_other() {
    let world = World::with_lab().await;
    let (staff, slugs) = (world.staff().await, ["scie", "scie-2", "imprimante"]);
    let device = world.controller(&staff, &slugs).await;
    let mut people = Vec::new();
    for (name, slug) in ["Ada", "Bo", "Cy"].into_iter().zip(slugs) {
        let person = world.maker(name).await;
        world.powered(slug, walk_in()).await;
        world.badged(&person).await;
        people.push(person);
    }
    for round in 0..15 {
        let show = async |at: usize| {
            let said = json!({ "request": fresh_code(), "machine": slugs[at], "badge": number(people[at].id),
                "mono_ms": 1 });
            let asked = Tick::now();
            let answer = device.post("scans", said).await.expect(200);
            assert!(asked.elapsed() < Duration::from_secs(1), "round {round}: somebody was stuck");
            answer["verdict"].as_str().unwrap().to_owned()
        };
        for at in 0..3 {
            assert_eq!(show(at).await, "grant", "round {round}");
        }
        // Every lease moves, for the sessions' own end comes nearer by a policy that changes.
        let shorter = etabli::machines::PowerPolicy { max_session_minutes: 400 - round, ..walk_in() };
        for slug in slugs {
            world.powered(slug, shorter.clone()).await;
        }
        let ((), one, two, three) = tokio::join!(world.runs("power_leases"), show(2), show(1), show(0));
        assert_eq!([one, two, three], ["end", "end", "end"], "round {round}");
        assert!(world.app.store.read(read::open).await.unwrap().is_empty());
        for slug in slugs {
            assert!(!wanted(&world, slug).await, "round {round}: {slug} is meant to be on for nobody");
        }
        world.clock.advance(TimeDelta::seconds(20));
    }
}

async fn wanted(world: &World, slug: &'static str) -> bool {
    let intended = move |db: &mut etabli::store::Db| {
        let machine: MachineId = machines::get(db, slug)?.id;
        power::intended(db, machine)
    };
    world.app.store.read(intended).await.unwrap().is_some_and(|intended| intended.on)
}

#[actix_web::test]
async fn a_lease_of_a_session_that_ended_meanwhile_means_nothing() {
    let world = World::with_lab().await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let seen = world.shows(&reader, "scie", &ada).await.unwrap().session.unwrap();
    // Between the reading of the session and the writing of its new end, its member shows the badge again, and books on.
    world.shows(&reader, "scie", &ada).await.unwrap();
    ada.books("scie", "2026-03-02 10:00-11:00").await.expect(201);
    let (id, now): (PowerSessionId, _) = (seen.id, world.app.now());
    let renewed = world.app.store.write(move |db| renew::renew(db, seen.clone(), true, now)).await.unwrap();
    assert!(renewed.session.ended.is_some(), "whoever asks hears that it is over");
    assert!(!wanted(&world, "scie").await, "meant to be on for nobody");
    let kept = world.app.store.read(move |db| read::get(db, id)).await.unwrap();
    assert_eq!(kept.ended, renewed.session.ended);
}
