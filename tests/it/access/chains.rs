//! What controllers told is in the books as they told it, and `etabli log verify` says where it is not.

use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query};
use etabli::{
    access::verify::{self, Broken, Verified},
    store::Db,
    wire::Link,
};
use rstest::rstest;

use super::telling::Diary;
use crate::world::World;

/// A device that told of three starts, of one event twice, and of some in disorder.
async fn told(world: &World) -> Diary<'_> {
    let mut diary = Diary::of(world.controller(&world.staff().await, &["scie"]).await, "b1");
    let events = diary.events(5);
    diary.tell(&events[..2]).await;
    diary.tell(&events[4..]).await;
    diary.tell(&events[2..4]).await;
    let mut other = events[1].clone();
    other.kind = "relay_off".into();
    diary.tell(&[other]).await;
    diary.reboot("b2");
    let more = diary.events(3);
    diary.tell(&more).await;
    diary.reboot("b3");
    diary.prev = Link::NONE;
    let anew = diary.events(2);
    diary.tell(&anew).await;
    diary
}

async fn verified(world: &World) -> Verified {
    world.app.store.read(verify::verify).await.unwrap()
}

/// What somebody does who has the database in hand and no respect for triggers.
async fn tamper(world: &World, statement: impl Into<String>) {
    let statement = statement.into();
    let done = world.app.store.write(move |db| {
        let unlock = match db {
            Db::Sqlite(_) => {
                "DROP TRIGGER controller_event_no_update; DROP TRIGGER controller_event_no_delete"
            }
            Db::Pg(_) => "DROP TRIGGER controller_event_append_only ON controller_event",
        };
        db.batch_execute(unlock)?;
        Ok(sql_query(&statement).execute(db)?)
    });
    assert_eq!(done.await.unwrap(), 1);
}

fn start(boot: &str) -> String {
    boot.to_owned()
}

#[tokio::test]
async fn what_controllers_told_is_whole_and_its_gaps_are_counted() {
    let world = World::with_lab().await;
    let empty = Verified::default();
    assert_eq!(verified(&world).await, empty);
    told(&world).await;
    let whole = Verified { controllers: 1, events: 11, gaps: 1, resets: 1, forks: 1, broken: Vec::new() };
    assert_eq!(verified(&world).await, whole);
    let answer = world.database().verify_log();
    let said = String::from_utf8(answer.stdout).unwrap();
    assert_eq!(answer.status.code(), Some(0), "{said}");
    assert!(said.contains("11 events of 1 controllers") && said.contains("1 forks"), "{said}");
}

#[rstest]
#[case::changed_data(
    "UPDATE controller_event SET details = '{}' WHERE boot = 'b2' AND seq = 2",
    Some(Broken::Changed(start("b2"), 2))
)]
#[case::a_space_more(
    "UPDATE controller_event SET details = details || ' ' WHERE boot = 'b1' AND seq = 1",
    Some(Broken::Changed(start("b1"), 1))
)]
#[case::changed_kind(
    "UPDATE controller_event SET kind = 'nothing' WHERE boot = 'b1' AND seq = 5",
    Some(Broken::Changed(start("b1"), 5))
)]
#[case::another_past(
    "UPDATE controller_event SET prev = hash WHERE boot = 'b2' AND seq = 3",
    Some(Broken::Changed(start("b2"), 3))
)]
#[case::one_taken_out(
    "DELETE FROM controller_event WHERE boot = 'b2' AND seq = 2",
    Some(Broken::Missing(start("b2"), 2))
)]
#[case::the_end_of_a_start_taken_off(
    "DELETE FROM controller_event WHERE boot = 'b1' AND seq = 5",
    Some(Broken::Loose(start("b2"), 1))
)]
#[case::the_end_taken_off("DELETE FROM controller_event WHERE boot = 'b3' AND seq = 2", None)]
#[case::a_late_one_taken_out("DELETE FROM controller_event WHERE boot = 'b1' AND seq = 3",
    Some(Broken::Count { counted: 11, there: 10 }))]
#[case::a_second_story_taken_out("DELETE FROM controller_event WHERE link = 'fork'",
    Some(Broken::Count { counted: 11, there: 10 }))]
#[case::a_second_story_made_harmless(
    "UPDATE controller_event SET link = 'late' WHERE link = 'fork'",
    Some(Broken::Joints)
)]
#[case::a_gap_forgotten("UPDATE controller_chain SET gaps = 0", Some(Broken::Joints))]
#[case::the_end_set_back("UPDATE controller_chain SET seq = 1", Some(Broken::End))]
#[tokio::test]
async fn whatever_is_done_to_what_controllers_told_is_seen(
    #[case] statement: &str,
    #[case] broken: Option<Broken>,
) {
    let world = World::with_lab().await;
    let device = told(&world).await.device.id;
    tamper(&world, statement).await;
    let found = verified(&world).await.broken;
    let [(controller, place)] = &found[..] else { panic!("{found:?}") };
    assert_eq!(controller.to_string(), device);
    // Which line of the log speaks of the end is not for this test to know.
    let right = broken.map_or(matches!(place, Broken::Lost(_)), |broken| *place == broken);
    assert!(right, "{place:?}");
    let answer = world.database().verify_log();
    let said = String::from_utf8(answer.stderr).unwrap();
    assert_eq!(answer.status.code(), Some(1), "{said}");
    assert!(said.contains(&device) && said.contains(&place.to_string()), "{said}");
}

#[tokio::test]
async fn an_end_that_was_made_anew_with_all_its_hashes_is_not_the_one_in_the_log() {
    let world = World::with_lab().await;
    let mut diary = Diary::of(world.controller(&world.staff().await, &["scie"]).await, "b1");
    let mut events = diary.events(2);
    diary.tell(&events).await;
    events[1].kind = "relay_off".into();
    let hash = events[1].hash(&diary.device.id).to_string();
    let hash = match world.app.store.dialect() {
        etabli::store::Dialect::Sqlite => format!("X'{hash}'"),
        etabli::store::Dialect::Postgres => format!("decode('{hash}', 'hex')"),
    };
    tamper(&world, format!("UPDATE controller_event SET kind = 'relay_off', hash = {hash} WHERE seq = 2"))
        .await;
    let chain = format!("UPDATE controller_chain SET hash = {hash}");
    let done = world.app.store.write(move |db| Ok(sql_query(&chain).execute(db)?)).await;
    assert_eq!(done.unwrap(), 1);
    let found = verified(&world).await.broken;
    assert!(matches!(found[..], [(_, Broken::Lost(_))]), "{found:?}");
}
