//! Hours on against hours booked, services, the log; and cards that sign.

use chrono::TimeDelta;
use etabli::{access::attend, machines::PowerPolicy};
use serde_json::{Value as Json, json};

use crate::world::{
    World,
    badges::{number, walk_in},
    controller::fresh_code,
};

#[actix_web::test]
async fn hours_on_stand_beside_hours_booked() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.clock.advance(TimeDelta::minutes(45));
    world.shows(&reader, "scie", &ada).await.unwrap();
    let usage = staff.get("machines/scie/usage?weeks=2").await.expect(200);
    let weeks = [
        json!({ "starts_on": "2026-03-02", "on_minutes": 45, "booked_minutes": 60, "sessions": 1 }),
        json!({ "starts_on": "2026-02-23", "on_minutes": 0, "booked_minutes": 0, "sessions": 0 }),
    ];
    assert_eq!(usage["weeks"], json!(weeks));
    let mine = ada.get("me/power-hours").await.expect(200);
    assert_eq!(mine["items"], json!([{ "machine": "scie", "minutes": 45 }]));
    staff.get("machines/scie/usage?weeks=54").await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn a_machine_that_ran_long_enough_wants_to_be_looked_after() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.powered("scie", PowerPolicy { service_hours: Some(1), ..walk_in() }).await;
    world.badged(&ada).await;
    let look = async || {
        let now = world.app.now();
        world.app.store.write(move |db| attend::due(db, now)).await.unwrap();
        let letters = world.letters_to(&staff.email).await;
        letters.iter().filter(|(kind, _)| kind == "machine_service_due").count()
    };
    world.shows(&reader, "scie", &ada).await.unwrap();
    world.clock.advance(TimeDelta::minutes(59));
    assert_eq!(look().await, 0);
    world.clock.advance(TimeDelta::minutes(1));
    assert_eq!((look().await, look().await), (1, 1), "one letter");
    let listed = staff.get("machine-services").await.expect(200);
    assert_eq!((&listed["items"][0]["machine"], &listed["items"][0]["due"]), (&json!("scie"), &json!(true)));
    world.shows(&reader, "scie", &ada).await.unwrap();
    let done = staff.post("machines/scie/services", json!({ "note": "lame changée" })).await.expect(200);
    assert_eq!((&done["due"], &done["on_minutes"]), (&json!(false), &json!(0)));
}

#[actix_web::test]
async fn hours_since_a_service_are_those_of_every_session_since() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.powered("scie", PowerPolicy { service_hours: Some(1), ..walk_in() }).await;
    world.badged(&ada).await;
    let on = async |minutes| {
        world.shows(&reader, "scie", &ada).await.unwrap();
        world.clock.advance(TimeDelta::minutes(minutes) + TimeDelta::milliseconds(500));
    };
    let counted =
        async || staff.get("machine-services").await.expect(200)["items"][0]["on_minutes"].as_i64().unwrap();
    assert_eq!(counted().await, 0, "it was never on");
    on(10).await;
    staff.post("machines/scie/services", json!({})).await.expect(200);
    assert_eq!(counted().await, 0, "what began before the service");
    on(1).await;
    for (on_for, off_for, sum) in [(20, 3, 20), (15, 40, 35), (4, 1, 39)] {
        on(on_for).await;
        assert_eq!(counted().await, sum, "until now");
        on(off_for).await;
        assert_eq!(counted().await, sum, "and no further");
    }
}

#[actix_web::test]
async fn a_card_that_signs_proves_itself_and_a_copy_raises_the_alarm() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 3, ..walk_in() }).await;
    // Number, count and signature of NXP's application note AN12196.
    let tap = json!({ "count": "00003D", "mac": "94EED9EE65337086" });
    let show = async |sun: &Json| {
        let said = json!({ "request": fresh_code(), "machine": "scie", "badge": "04DE5F1EACC040", "sun": sun,
            "mono_ms": 1 });
        device.post("scans", said).await.expect(200)
    };
    show(&Json::Null).await;
    let fresh = staff.get("badges/fresh").await.expect(200);
    let given = json!({ "scan": fresh["items"][0]["scan"], "member": ada.email });
    let badge = staff.post("badges", given).await.expect(201);
    let path = format!("badges/{}/card", badge["id"].as_str().unwrap());
    staff.put(&path, json!({ "key": "xx" })).await.problem(422, "invalid_request");
    assert_eq!(staff.put(&path, json!({ "key": "00".repeat(16) })).await.expect(200)["signs"], true);

    assert_eq!(show(&Json::Null).await["reasons"][0]["code"], "second_factor_missing", "a number alone");
    let forged = json!({ "count": "00003D", "mac": "94EED9EE65337087" });
    assert_eq!(show(&forged).await["reasons"][0]["code"], "badge_revoked");
    assert_eq!(show(&tap).await["verdict"], "grant");
    assert_eq!(show(&Json::Null).await["verdict"], "end", "a stop needs no proof");
    assert_eq!(show(&tap).await["reasons"][0]["code"], "badge_revoked", "the same count twice is a copy");
    let log = staff.get("power-events?machine=scie&limit=200").await.expect(200);
    let alarms = log["items"].as_array().unwrap().iter().filter(|line| line["kind"] == "clone_alarm");
    assert_eq!(alarms.count(), 2);
}

#[actix_web::test]
async fn staff_read_the_log_page_by_page() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    for _ in 0..2 {
        world.shows(&reader, "scie", &ada).await.unwrap();
    }
    let first = staff.get("power-events?limit=2").await.expect(200);
    let kinds: Vec<_> = first["items"].as_array().unwrap().iter().map(|line| line["kind"].clone()).collect();
    assert_eq!(kinds, [json!("badge_ended"), json!("session_ended")]);
    let path = format!("power-events?limit=2&after={}", first["next"].as_str().unwrap());
    let next = staff.get(&path).await.expect(200);
    assert_eq!(next["items"][0]["kind"], "session_started");
    staff.get("power-events?machine=nowhere").await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn how_long_verdicts_take_is_told_to_whoever_runs_the_house() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.badged(&ada).await;
    let said = json!({ "request": fresh_code(), "machine": "scie", "badge": number(ada.id), "mono_ms": 1 });
    device.post("scans", said).await.expect(200);
    let figures = world.stranger().get("/metrics").await.text();
    for quantile in ["0.5", "0.99"] {
        let name = format!("etabli_scan_decision_seconds{{quantile=\"{quantile}\"}} ");
        let told =
            figures.lines().find_map(|line| line.strip_prefix(&name)).unwrap_or_else(|| panic!("{figures}"));
        assert!(told.parse::<f64>().unwrap() > 0.0, "{name}{told}");
    }
    assert!(figures.contains("etabli_http_request_seconds_bucket"), "{figures}");
}
