//! Refusals and alarms that come thick: the log, which can never be emptied, counts them.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    machines::PowerPolicy,
    power,
    store::schema::{power_event, scan},
};
use serde_json::{Value as Json, json};

use crate::world::{
    World,
    badges::{number, walk_in},
    controller::fresh_code,
};

/// What the log says in lines of this kind, in order.
async fn lines(world: &World, kind: &'static str) -> Vec<Json> {
    let those = power_event::table.filter(power_event::kind.eq(kind)).order(power_event::seq);
    let read = move |db: &mut _| Ok(those.select(power_event::details).load::<String>(db)?);
    let told = world.app.store.read(read).await.unwrap();
    told.iter().map(|told| serde_json::from_str(told).unwrap()).collect()
}

#[actix_web::test]
async fn a_card_that_lies_on_the_reader_does_not_fill_the_log() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 2, ..walk_in() }).await;
    world.badged(&ada).await;
    let before = lines(&world, "badge_denied").await.len();
    let show = async |pin: Option<&str>| {
        let said = json!({ "request": fresh_code(), "machine": "scie", "badge": number(ada.id), "pin": pin,
            "mono_ms": 1 });
        device.post("scans", said).await.expect(200)
    };
    for second in 0..60 {
        world.clock.advance(TimeDelta::seconds(1));
        let told = show(None).await;
        assert_eq!(told["reasons"][0]["code"], "second_factor_missing", "{second}: answered all the same");
    }
    let told = lines(&world, "badge_denied").await.split_off(before);
    let untold: Vec<&Json> = told.iter().map(|line| &line["untold"]).collect();
    assert_eq!(untold, [0, 0, 0], "the first three");
    for _ in 0..600 {
        world.clock.advance(TimeDelta::seconds(1));
        show(None).await;
    }
    let told = lines(&world, "badge_denied").await.split_off(before);
    assert!((4..=12).contains(&told.len()), "{} lines for 660 refusals", told.len());
    assert_eq!(told[3]["untold"], 57, "the next line says how many have none");

    // Other reasons are news, and nobody else's card waits for this one.
    let lock = json!({ "class": "defect", "reason": "bruit" });
    ada.post("machines/scie/lockouts", lock).await.expect(200);
    let lines_before = lines(&world, "badge_denied").await.len();
    assert_eq!(show(None).await["reasons"].as_array().unwrap().len(), 2);
    assert_eq!(lines(&world, "badge_denied").await.len(), lines_before + 1);

    // Every refusal is counted, and those without a line are forgotten first.
    let kept = async || {
        let all = scan::table.filter(scan::untold.gt(0)).count();
        world.app.store.read(move |db| Ok(all.get_result::<i64>(db)?)).await.unwrap()
    };
    assert!(kept().await > 600);
    world.clock.advance(TimeDelta::days(8));
    world.runs("forget_scans").await;
    assert_eq!(kept().await, 0);
    world.app.store.read(power::log::verify).await.unwrap();
}

#[actix_web::test]
async fn a_copied_card_raises_the_alarm_again_but_not_without_end() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 3, ..walk_in() }).await;
    let show = async |sun: Json| {
        let said = json!({ "request": fresh_code(), "machine": "scie", "badge": "04DE5F1EACC040", "sun": sun,
            "mono_ms": 1 });
        device.post("scans", said).await.expect(200)
    };
    show(Json::Null).await;
    let fresh = staff.get("badges/fresh").await.expect(200);
    let given = json!({ "scan": fresh["items"][0]["scan"], "member": ada.email });
    let badge = staff.post("badges", given).await.expect(201);
    let path = format!("badges/{}/card", badge["id"].as_str().unwrap());
    staff.put(&path, json!({ "key": "00".repeat(16) })).await.expect(200);
    // Refused for another reason, as often as has a line: the first alarm has one all the same.
    for _ in 0..4 {
        show(Json::Null).await;
    }
    for _ in 0..60 {
        let forged = json!({ "count": "00003D", "mac": "94EED9EE65337087" });
        assert_eq!(show(forged).await["reasons"][0]["code"], "badge_revoked");
    }
    assert_eq!(lines(&world, "clone_alarm").await.len(), 3);
}

#[actix_web::test]
async fn a_machine_that_is_locked_out_is_said_so_again_in_other_words_only() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let alarm = |class: &str, reason: &str| {
        ada.post("machines/scie/lockouts", json!({ "class": class, "reason": reason }))
    };
    for _ in 0..20 {
        alarm("defect", "ça sent le brûlé").await.expect(200);
        device.post("lockouts", json!({ "machine": "scie", "class": "defect" })).await.expect(200);
    }
    assert_eq!(lines(&world, "locked_out").await.len(), 1);
    alarm("defect", "et ça fume").await.expect(200);
    alarm("emergency", "et ça fume").await.expect(200);
    let told = lines(&world, "locked_out").await;
    let said: Vec<_> = told.iter().map(|line| (&line["class"], &line["reason"], &line["first"])).collect();
    assert_eq!(
        said[1],
        (&json!("defect"), &json!("et ça fume"), &json!(false)),
        "another observation is worth a line"
    );
    assert_eq!(said[2], (&json!("emergency"), &json!("et ça fume"), &json!(true)));
    for number in 0..60 {
        alarm("defect", &format!("encore {number}")).await.expect(200);
    }
    assert_eq!(
        lines(&world, "locked_out").await.len(),
        11,
        "ten different words of one lockout, and the other one"
    );

    for _ in 0..2 {
        staff.post("machines/scie/lockouts/clearance", json!({ "reason": "réparée" })).await.expect(204);
    }
    alarm("defect", "ça sent le brûlé").await.expect(200);
    assert_eq!(lines(&world, "locked_out").await.len(), 12, "a new lockout begins anew");
}
