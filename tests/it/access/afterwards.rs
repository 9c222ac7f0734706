//! What the house hears afterwards, and what it forgets.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    access::{
        read,
        session::{EndReason, PowerSession},
    },
    kernel::PageRequest,
    machines::{PowerPolicy, policy::WhileRunning},
    power::{self, Observation, Source},
    simulator::{
        core::{BEAT, HELLO},
        weather::Fate,
    },
    store::{
        Db,
        schema::{badge, scan},
    },
};
use serde_json::{json, value::RawValue};

use super::{
    simulated::{at_the_saw, saw_of},
    telling::Diary,
};
use crate::world::{
    World,
    badges::{number, walk_in},
    people::Person,
};

/// The last session of somebody.
pub async fn last(world: &World, who: &Person<'_>) -> PowerSession {
    let (member, page) = (who.id, PageRequest { limit: 10, after: None });
    let sessions = world.app.store.read(move |db| read::of_member(db, member, &page)).await.unwrap();
    sessions.items.into_iter().next().expect("a session")
}

#[tokio::test]
async fn a_session_that_ended_in_the_dark_ended_when_it_did() {
    let world = World::with_lab().await;
    let policy = PowerPolicy { link_loss_running: WhileRunning::ContinueUntilIdle, ..walk_in() };
    let (ada, mut saw) = at_the_saw(&world, policy).await;
    saw.badge(&ada).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.wait(60_000).await;
    saw.badge(&ada).await;
    let ended = world.app.now();
    saw.wait(300_000).await;
    saw.weather.clear();
    saw.wait(2 * HELLO).await;
    assert_eq!(
        last(&world, &ada).await.ended,
        Some((ended, EndReason::Badge)),
        "not when the house heard of it"
    );
    world.app.store.read(power::log::verify).await.unwrap();
}

#[tokio::test]
async fn a_session_that_a_power_cut_ended_counts_until_it_was_heard_last() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    saw.wait(5 * BEAT).await;
    let heard = last(&world, &ada).await.heard_at;
    assert!(heard > last(&world, &ada).await.started_at);
    // The lab stands in the dark for an hour.
    world.clock.advance(TimeDelta::hours(1));
    saw.cut().await;
    assert_eq!(last(&world, &ada).await.ended, Some((heard, EndReason::Power)));
}

#[tokio::test]
async fn whoever_ends_a_session_that_a_power_cut_has_ended_does_not_make_it_longer() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    saw.wait(5 * BEAT).await;
    let session = last(&world, &ada).await;
    world.clock.advance(TimeDelta::minutes(10));
    let boss = world.member("boss").staff().await;
    boss.post(&format!("power-sessions/{}/end", session.id), json!({})).await.expect(200);
    // The power is back, and the controller tells why it was silent.
    saw.cut().await;
    saw.wait(HELLO).await;
    assert_eq!(last(&world, &ada).await.ended, Some((session.heard_at, EndReason::Staff)));
    world.app.store.read(power::log::verify).await.unwrap();
}

#[tokio::test]
async fn a_session_whose_grant_came_too_late_had_the_machine_on_for_no_time() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.weather.expect(Fate::Delay(4000), 1);
    saw.badge(&ada).await;
    saw.wait(2 * HELLO).await;
    let session = last(&world, &ada).await;
    assert!(!saw.core.is_on());
    assert_eq!(session.ended, Some((session.started_at, EndReason::Link)));
}

#[tokio::test]
async fn a_controller_that_says_what_only_staff_do_has_lost_its_server() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (ada, mut diary) =
        (world.maker("Ada").await, Diary::of(world.controller(&staff, &["scie"]).await, "b1"));
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let scan = json!({ "request": "r1", "machine": "scie", "badge": number(ada.id), "mono_ms": 1 });
    let granted = diary.device.post("scans", scan).await.expect(200);
    world.clock.advance(TimeDelta::minutes(2));
    let mut event = diary.event("session_ended");
    let said = json!({ "session": granted["session"], "reason": "staff" });
    event.data = RawValue::from_string(said.to_string()).unwrap();
    diary.tell(&[event]).await;
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["reason"], "link", "{mine}");
    assert_eq!(last(&world, &ada).await.ended.map(|(_, reason)| reason), Some(EndReason::Link));
}

#[actix_web::test]
async fn a_plug_that_stands_idle_ends_its_session_within_seconds() {
    let world = World::with_lab().await;
    let idle = PowerPolicy { idle_watts: Some(20), idle_minutes: Some(5), ..walk_in() };
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.powered("scie", idle).await;
    world.badged(&ada).await;
    world.shows(&reader, "scie", &ada).await.unwrap();
    let (saw, now) = (saw_of(&world).await, world.app.now());
    let seen =
        Observation { source: Source::Plug, online: true, on: Some(true), watts: Some(3.0), fault: None };
    world.app.store.write(move |db: &mut Db| power::observe(db, saw, seen, now)).await.unwrap();
    world.clock.advance(TimeDelta::seconds(299));
    world.runs("quiet_plugs").await;
    assert_eq!(last(&world, &ada).await.ended, None);
    world.clock.advance(TimeDelta::seconds(1));
    world.runs("quiet_plugs").await;
    assert_eq!(last(&world, &ada).await.ended.map(|(_, reason)| reason), Some(EndReason::Idle));
}

#[actix_web::test]
async fn who_showed_which_badge_is_forgotten_after_a_year() {
    let world = World::with_lab().await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    world.shows(&reader, "scie", &ada).await.unwrap();
    let scans =
        async || world.app.store.read(|db| Ok(scan::table.count().get_result::<i64>(db)?)).await.unwrap();
    world.clock.advance(TimeDelta::days(365));
    world.runs("forget_scans").await;
    assert_eq!(scans().await, 2);
    world.clock.advance(TimeDelta::seconds(1));
    world.runs("forget_scans").await;
    assert_eq!(scans().await, 0);
    assert_eq!(last(&world, &ada).await.member, ada.id, "what was on stays");
}

#[actix_web::test]
async fn the_key_of_a_card_does_not_stand_in_the_database() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    world.badged(&ada).await;
    let badges = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
    let path = format!("badges/{}/card", badges["items"][0]["id"].as_str().unwrap());
    let mut kept = Vec::new();
    for key in ["00112233445566778899aabbccddeeff", "00000000000000000000000000000000"] {
        staff.put(&path, json!({ "key": key })).await.expect(200);
        let read = |db: &mut Db| {
            let key: Option<Vec<u8>> =
                badge::table.filter(badge::card_key.is_not_null()).select(badge::card_key).get_result(db)?;
            Ok(key.unwrap_or_default())
        };
        let stands = world.app.store.read(read).await.unwrap();
        assert_eq!(stands.len(), 16);
        assert_ne!(hex::encode(&stands), key);
        kept.push(stands);
    }
    assert_ne!(kept[0], kept[1]);
}
