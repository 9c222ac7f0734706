//! What a session that runs does not outlive, and what does not come back by itself.

use chrono::TimeDelta;
use etabli::machines::{PowerPolicy, policy::Supervision};
use serde_json::json;

use super::leasing::{beat, hello, show, word};
use crate::world::{World, badges::walk_in};

#[actix_web::test]
async fn a_badge_taken_back_lets_go_of_what_it_opened() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let granted = show(&device, "scie", &ada).await;
    assert_eq!(beat(&device, &granted["session"], None).await.expect(200)["desired"], "on");
    let badges = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
    let path = format!("badges/{}/revocation", badges["items"][0]["id"].as_str().unwrap());
    staff.post(&path, json!({ "reason": "perdu" })).await.expect(200);
    let over = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!(
        (&over["desired"], &over["ended"]["reasons"][0]["code"]),
        (&json!("off"), &json!("badge_revoked"))
    );
}

#[actix_web::test]
async fn a_session_ends_with_the_day_badge_that_opened_it() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    show(&device, "scie", &ada).await;
    let fresh = staff.get("badges/fresh").await.expect(200);
    let given =
        json!({ "scan": fresh["items"][0]["scan"], "member": ada.id, "until": "2026-03-02T08:20:00Z" });
    staff.post("badges", given).await.expect(201);
    let granted = show(&device, "scie", &ada).await;
    assert_eq!((&granted["verdict"], &granted["until"]), (&json!("grant"), &json!("2026-03-02T08:20:00Z")));
    let renewed = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!(renewed["until"], "2026-03-02T08:20:00Z");
}

#[actix_web::test]
async fn what_is_booked_after_the_end_does_not_switch_on_by_itself() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.badged(&ada).await;
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let granted = show(&device, "scie", &ada).await;
    assert_eq!(granted["until"], "2026-03-02T09:10:00Z");
    world.clock.advance(TimeDelta::minutes(70) + TimeDelta::seconds(10));
    let more = ada.books("scie", "2026-03-02 10:30-11:00").await;
    more.expect(201);
    world.runs("power_leases").await;
    let over = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!((&over["desired"], &over["ended"]["reason"]), (&json!("off"), &json!("booking_end")));
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["ended_at"], "2026-03-02T09:10:00Z", "{mine}");
}

#[actix_web::test]
async fn trouble_of_another_kind_is_not_taken_back_with_the_first() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    hello(&device, json!([])).await;
    let lock = |class: &str| json!({ "class": class, "reason": "voir la courroie" });
    staff.post("machines/scie/lockouts", lock("maintenance")).await.expect(200);
    ada.post("machines/scie/lockouts", lock("defect")).await.expect(200);
    ada.post("machines/scie/lockouts", lock("defect")).await.expect(200);
    let machines = world.stranger().get("machines").await.expect(200);
    let saws = machines["items"].as_array().unwrap().iter().filter(|machine| machine["slug"] == "scie");
    assert_eq!(saws.count(), 1);
    for _ in 0..2 {
        assert_eq!(word(&world, "scie").await, "locked");
        staff.post("machines/scie/lockouts/clearance", json!({ "reason": "vérifié" })).await.expect(204);
    }
    assert_eq!(word(&world, "scie").await, "free");
    staff
        .post("machines/scie/lockouts/clearance", json!({ "reason": "vérifié" }))
        .await
        .problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_is_suspended_supervises_nobody() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let other = world.member("Chef").staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { supervision: Supervision::Trainer, ..walk_in() }).await;
    world.badged(&ada).await;
    world.badged(&other).await;
    let suspended = format!("members/{}/suspension", other.id);
    staff.post(&suspended, json!({ "reason": "enquête" })).await.expect(200);
    assert_eq!(show(&device, "scie", &ada).await["reasons"][0]["code"], "supervisor_missing");
    assert_eq!(show(&device, "scie", &other).await["verdict"], "deny");
    staff.delete(&suspended).await;
    assert_eq!(show(&device, "scie", &ada).await["reasons"][0]["code"], "supervisor_missing");
    assert_eq!(show(&device, "scie", &other).await["verdict"], "grant");
}

#[actix_web::test]
async fn a_word_with_a_nul_in_it_is_no_machine_and_no_fault() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let said = json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
        "log_head": null, "outputs": [{ "machine": "\u{0}", "on": false }],
        "lockouts": [{ "machine": "\u{0}", "class": "defect" }] });
    let answer = device.post("hello", said).await;
    assert!(answer.status < 500, "{}", answer.text());
    let pairing = json!({ "code": "ABCDEF", "name": "Lecteur", "machines": ["\u{0}"] });
    assert!(staff.post("controllers", pairing).await.status < 500);
}
