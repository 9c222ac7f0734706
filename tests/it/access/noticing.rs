//! What controllers of our own see of their machines: events where it is not what should be, once each time, and every
//! machine of a frame heard.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{machines, power, store::schema::power_event};
use serde_json::{Value as Json, json};

use super::leasing::{show, word};
use crate::world::{World, badges::walk_in, controller::Device, people::Person};

/// A lab whose saws anybody may switch on who has a badge, as Ada and Bo have.
async fn sawmill(world: &World) -> (Person<'_>, Person<'_>, Person<'_>) {
    for machine in ["scie", "scie-2"] {
        world.powered(machine, walk_in()).await;
    }
    let (ada, bo, staff) = (world.maker("Ada").await, world.maker("Bo").await, world.staff().await);
    world.badged(&ada).await;
    world.badged(&bo).await;
    (ada, bo, staff)
}

fn relays(those: &[(&str, bool)]) -> Json {
    those.iter().map(|(machine, on)| json!({ "machine": machine, "on": on })).collect()
}

async fn hello(device: &Device<'_>, those: &[(&str, bool)]) -> Json {
    let said = json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
        "log_head": null, "outputs": relays(those), "lockouts": [] });
    device.post("hello", said).await.expect(200)
}

async fn beat(device: &Device<'_>, session: &Json, those: &[(&str, bool)], watts: Option<f64>) -> Json {
    let said = json!({ "outputs": relays(those), "watts": watts });
    device.post(&format!("sessions/{}/heartbeat", session.as_str().unwrap()), said).await.expect(200)
}

/// How often the log says this of a machine, and of which controller and session it said it last.
async fn lines(world: &World, machine: &str, kind: &'static str) -> usize {
    let key = machine.to_owned();
    let read = world.app.store.read(move |db| {
        let machine = machines::get(db, &key)?.id;
        let those = power_event::table.filter(power_event::kind.eq(kind));
        let count: i64 = those.filter(power_event::machine_id.eq(machine)).count().get_result(db)?;
        Ok(count)
    });
    usize::try_from(read.await.unwrap()).unwrap()
}

fn later(world: &World, seconds: i64) {
    world.clock.advance(TimeDelta::seconds(seconds));
}

#[actix_web::test]
async fn a_relay_that_is_on_for_nobody_is_an_event_once() {
    let world = World::with_lab().await;
    let (_, _, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie"]).await;
    for round in 0..4 {
        assert_eq!(hello(&device, &[("scie", true)]).await["machines"][0]["desired"], "off");
        assert_eq!(word(&world, "scie").await, "fault");
        assert_eq!(lines(&world, "scie", "on_without_session").await, 1, "hello {round}");
        later(&world, 30);
    }
    hello(&device, &[("scie", false)]).await;
    assert_eq!(word(&world, "scie").await, "free");
    hello(&device, &[("scie", true)]).await;
    assert_eq!(lines(&world, "scie", "on_without_session").await, 2, "it went off, and on again");
    let told = staff.get("power-events?machine=scie").await.expect(200);
    let last = &told["items"][0];
    assert_eq!((&last["kind"], &last["controller"]), (&json!("on_without_session"), &json!(device.id)));
    world.app.store.read(power::log::verify).await.unwrap();
}

#[actix_web::test]
async fn a_relay_that_is_off_in_a_session_is_an_event_once_it_had_the_time_to_close() {
    let world = World::with_lab().await;
    let (ada, bo, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie"]).await;
    for (turn, who) in [ada, bo].iter().enumerate() {
        let session = show(&device, "scie", who).await["session"].clone();
        later(&world, 3);
        beat(&device, &session, &[("scie", false)], None).await;
        assert_eq!(lines(&world, "scie", "off_in_session").await, turn, "it may be closing");
        assert_eq!(word(&world, "scie").await, "starting");
        later(&world, 3);
        for _ in 0..4 {
            beat(&device, &session, &[("scie", false)], None).await;
            assert_eq!(lines(&world, "scie", "off_in_session").await, turn + 1);
            assert_eq!(word(&world, "scie").await, "fault");
            later(&world, 10);
        }
        let told = staff.get("power-events?machine=scie").await.expect(200);
        assert_eq!(
            (&told["items"][0]["kind"], &told["items"][0]["session"]),
            (&json!("off_in_session"), &session)
        );
        let path = format!("sessions/{}/end", session.as_str().unwrap());
        device.post(&path, json!({ "reason": "button" })).await.expect(200);
        hello(&device, &[("scie", false)]).await;
        assert_eq!(word(&world, "scie").await, "free");
    }
    assert_eq!(lines(&world, "scie", "on_without_session").await, 0);
}

#[actix_web::test]
async fn what_staff_ended_is_no_event_before_its_controller_can_have_heard_of_it() {
    let world = World::with_lab().await;
    let (ada, _, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie"]).await;
    let session = show(&device, "scie", &ada).await["session"].clone();
    beat(&device, &session, &[("scie", true)], None).await;
    let path = format!("power-sessions/{}/end", session.as_str().unwrap());
    staff.post(&path, json!({})).await.expect(200);
    later(&world, 10);
    assert_eq!(beat(&device, &session, &[("scie", true)], None).await["ended"]["reason"], "staff");
    assert_eq!(word(&world, "scie").await, "free", "it is on its way");
    assert_eq!(lines(&world, "scie", "on_without_session").await, 0);
    // It has heard, and does not open.
    for _ in 0..3 {
        later(&world, 10);
        hello(&device, &[("scie", true)]).await;
    }
    assert_eq!(
        (lines(&world, "scie", "on_without_session").await, word(&world, "scie").await.as_str()),
        (1, "fault")
    );
}

#[actix_web::test]
async fn of_two_controllers_the_one_whose_relay_sticks_is_told_of_once_and_not_hidden_by_the_other() {
    let world = World::with_lab().await;
    let (ada, _, staff) = sawmill(&world).await;
    let (stuck, other) =
        (world.controller(&staff, &["scie"]).await, world.controller(&staff, &["scie"]).await);
    for _ in 0..3 {
        hello(&stuck, &[("scie", true)]).await;
        later(&world, 15);
        hello(&other, &[("scie", false)]).await;
        later(&world, 15);
        assert_eq!(word(&world, "scie").await, "fault", "one of two relays is closed");
    }
    assert_eq!(lines(&world, "scie", "on_without_session").await, 1);
    hello(&stuck, &[("scie", false)]).await;
    assert_eq!(word(&world, "scie").await, "free");
    // A controller nobody hears of any more says nothing of the machine.
    hello(&stuck, &[("scie", true)]).await;
    later(&world, 100);
    hello(&other, &[("scie", false)]).await;
    assert_eq!(word(&world, "scie").await, "free");

    // While it runs at one, the other's relay is nobody's business.
    let session = show(&other, "scie", &ada).await["session"].clone();
    beat(&other, &session, &[("scie", true)], None).await;
    hello(&stuck, &[("scie", false)]).await;
    later(&world, 10);
    assert_eq!(word(&world, "scie").await, "in_use");
    assert_eq!(lines(&world, "scie", "off_in_session").await, 0);
}

#[actix_web::test]
async fn a_machine_at_rest_is_heard_of_while_its_neighbour_runs() {
    let world = World::with_lab().await;
    let (ada, _, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie", "scie-2"]).await;
    hello(&device, &[("scie", false), ("scie-2", false)]).await;
    let session = show(&device, "scie", &ada).await["session"].clone();
    for _ in 0..13 {
        beat(&device, &session, &[("scie", true), ("scie-2", false)], None).await;
        later(&world, 8);
    }
    assert_eq!(
        (word(&world, "scie").await.as_str(), word(&world, "scie-2").await.as_str()),
        ("in_use", "free")
    );
    for _ in 0..3 {
        beat(&device, &session, &[("scie", true), ("scie-2", true)], None).await;
        later(&world, 8);
    }
    assert_eq!(
        (word(&world, "scie").await.as_str(), word(&world, "scie-2").await.as_str()),
        ("in_use", "fault")
    );
    assert_eq!(lines(&world, "scie-2", "on_without_session").await, 1);
    assert_eq!(lines(&world, "scie", "off_in_session").await, 0);
}

#[actix_web::test]
async fn a_heartbeat_takes_nothing_of_what_its_neighbour_measures_away() {
    let world = World::with_lab().await;
    let (ada, bo, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie", "scie-2"]).await;
    hello(&device, &[("scie", false), ("scie-2", false)]).await;
    let first = show(&device, "scie", &ada).await["session"].clone();
    let second = show(&device, "scie-2", &bo).await["session"].clone();
    let both = [("scie", true), ("scie-2", true)];
    for _ in 0..6 {
        beat(&device, &first, &both, Some(900.0)).await;
        beat(&device, &second, &both, Some(1.0)).await;
        later(&world, 10);
    }
    assert_eq!(
        (word(&world, "scie").await.as_str(), word(&world, "scie-2").await.as_str()),
        ("in_use", "idle")
    );
    let path = format!("sessions/{}/end", first.as_str().unwrap());
    beat(&device, &first, &both, Some(900.0)).await;
    device.post(&path, json!({ "reason": "button" })).await.expect(200);
    let drawn = ada.get("me/power-sessions").await.expect(200)["items"][0]["watt_hours"].as_f64().unwrap();
    assert!((14.0..=16.0).contains(&drawn), "900 W for a minute: {drawn}");
}

#[actix_web::test]
async fn a_machine_that_is_not_its_own_is_passed_over_and_named_in_the_answer() {
    let world = World::with_lab().await;
    let (ada, _, staff) = sawmill(&world).await;
    let device = world.controller(&staff, &["scie"]).await;
    let relays = relays(&[("scie-2", true), ("scie", false), ("nowhere", true)]);
    let said = json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
        "log_head": null, "outputs": relays, "lockouts": [
            { "machine": "scie-2", "class": "defect" }, { "machine": "elsewhere", "class": "defect" }] });
    let told = device.post("hello", said).await.expect(200);
    assert_eq!(told["ignored"], json!(["scie-2", "nowhere", "elsewhere"]));
    assert_eq!((&told["machines"][0]["slug"], &told["machines"][1]), (&json!("scie"), &Json::Null));
    assert_eq!(
        (word(&world, "scie").await.as_str(), word(&world, "scie-2").await.as_str()),
        ("free", "offline")
    );
    assert_eq!(lines(&world, "scie-2", "on_without_session").await, 0);
    assert_eq!(lines(&world, "scie-2", "locked_out").await, 0);

    let session = show(&device, "scie", &ada).await["session"].clone();
    let beaten = beat(&device, &session, &[("scie", true), ("scie-2", true)], None).await;
    assert_eq!((&beaten["desired"], &beaten["ignored"]), (&json!("on"), &json!(["scie-2"])));
    assert_eq!(
        (word(&world, "scie").await.as_str(), word(&world, "scie-2").await.as_str()),
        ("in_use", "offline")
    );
}
