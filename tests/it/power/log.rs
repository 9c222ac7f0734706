//! The log of power: chained, append-only, and honest about what was done to it.

use diesel::{RunQueryDsl, connection::SimpleConnection, sql_query};
use etabli::{
    power::log::{self, Broken, Event, Verified},
    store::Db,
};
use futures_util::future::join_all;
use rstest::rstest;
use serde_json::json;

use super::saw;
use crate::world::World;

/// A world with so many lines in its log, written at the same time.
async fn written(lines: usize) -> World {
    let world = World::with_lab().await;
    let (saw, at) = (saw(&world).await, world.app.now());
    let event = move |number: usize| Event {
        at,
        kind: "session_started",
        machine: Some(saw),
        session: None,
        controller: None,
        member: None,
        data: json!({ "number": number, "said": "être\nou pas" }),
    };
    let writes = (0..lines).map(|number| world.app.store.write(move |db| log::append(db, event(number))));
    for done in join_all(writes).await {
        done.unwrap();
    }
    world
}

async fn verify(world: &World) -> Verified {
    world.app.store.read(log::verify).await.unwrap()
}

/// What somebody does who has the database in hand and no respect for triggers.
async fn tamper(world: &World, statement: &'static str) {
    let unlock = |db: &mut Db| match db {
        Db::Sqlite(_) => "DROP TRIGGER power_event_no_update; DROP TRIGGER power_event_no_delete",
        Db::Pg(_) => "DROP TRIGGER power_event_append_only ON power_event",
    };
    let done = world.app.store.write(move |db| {
        let unlock = unlock(db);
        db.batch_execute(unlock)?;
        Ok(sql_query(statement).execute(db)?)
    });
    assert_eq!(done.await.unwrap(), 1, "{statement}");
}

#[tokio::test]
async fn lines_written_at_the_same_time_make_one_chain() {
    let world = written(1100).await;
    let verified = verify(&world).await;
    assert_eq!((verified.lines, verified.head.seq, verified.broken), (1100, 1100, None));
    let told = world.database().verify_log();
    let said = String::from_utf8(told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(0), "{said}");
    assert!(said.contains("1100 lines") && said.contains(&verified.head.to_string()), "{said}");
}

#[tokio::test]
async fn an_empty_log_is_whole() {
    let world = World::start();
    assert_eq!((verify(&world).await.lines, verify(&world).await.broken), (0, None));
}

#[rstest]
#[case::a_changed_word("UPDATE power_event SET kind = 'nothing' WHERE seq = 7", Broken::Changed(7))]
#[case::a_changed_detail("UPDATE power_event SET details = '{}' WHERE seq = 7", Broken::Changed(7))]
#[case::a_forgotten_machine("UPDATE power_event SET machine_id = NULL WHERE seq = 7", Broken::Changed(7))]
#[case::a_line_taken_out("DELETE FROM power_event WHERE seq = 7", Broken::Missing(7))]
#[case::the_last_line_taken_off("DELETE FROM power_event WHERE seq = 12", Broken::Missing(12))]
#[case::a_head_set_back("UPDATE power_log_head SET seq = 11", Broken::Head(11))]
#[case::a_line_put_behind(
    "INSERT INTO power_event SELECT 13, at, kind, machine_id, session_id, controller_id, member_id, details, prev, \
     hash FROM power_event WHERE seq = 12",
    Broken::Beyond(13)
)]
#[case::another_past(
    "UPDATE power_event SET prev = (SELECT e.prev FROM power_event e WHERE e.seq = 3) WHERE seq = 7",
    Broken::Changed(7)
)]
#[tokio::test]
async fn whatever_is_done_to_the_log_is_seen(#[case] statement: &'static str, #[case] broken: Broken) {
    let world = written(12).await;
    tamper(&world, statement).await;
    assert_eq!(verify(&world).await.broken, Some(broken));
    let told = world.database().verify_log();
    let said = String::from_utf8(told.stderr).unwrap();
    assert_eq!(told.status.code(), Some(1), "{said}");
    assert!(said.contains(&broken.to_string()), "{said}");
}

#[tokio::test]
async fn the_database_refuses_to_change_a_line() {
    let world = written(2).await;
    for statement in ["UPDATE power_event SET kind = 'nothing'", "DELETE FROM power_event"] {
        let done = world.app.store.write(move |db| Ok(sql_query(statement).execute(db)?)).await;
        let error = format!("{:?}", done.unwrap_err());
        assert!(error.contains("power_event_append_only"), "{statement}: {error}");
    }
}
