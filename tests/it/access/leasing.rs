//! What controllers say of running machines, through HTTP: leases, ends, lockouts, hello.

use chrono::TimeDelta;
use etabli::machines::PowerPolicy;
use serde_json::{Value as Json, json};

use crate::world::{
    Answer, World,
    badges::{number, walk_in},
    controller::{Device, fresh_code},
    people::Person,
};

pub(super) async fn show(device: &Device<'_>, machine: &str, person: &Person<'_>) -> Json {
    let said =
        json!({ "request": fresh_code(), "machine": machine, "badge": number(person.id), "mono_ms": 1 });
    device.post("scans", said).await.expect(200)
}

pub(super) async fn hello(device: &Device<'_>, lockouts: Json) -> Json {
    let said = json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
        "log_head": null, "outputs": [{ "machine": "scie", "on": false }], "lockouts": lockouts });
    device.post("hello", said).await.expect(200)
}

pub(super) async fn beat(device: &Device<'_>, session: &Json, idle_s: Option<i64>) -> Answer {
    let said = json!({ "outputs": [{ "machine": "scie", "on": true }], "watts": 170.0, "idle_s": idle_s });
    device.post(&format!("sessions/{}/heartbeat", session.as_str().unwrap()), said).await
}

pub(super) async fn word(world: &World, machine: &str) -> String {
    let told = world.stranger().get(&format!("machines/{machine}/power")).await.expect(200);
    assert!(told.get("member").is_none(), "never by whom: {told}");
    told["state"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_heartbeat_renews_the_lease_and_hears_what_changed() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let granted = show(&device, "scie", &ada).await;
    assert_eq!((&granted["verdict"], &granted["member_name"]), (&json!("grant"), &json!("Ada")));
    assert_eq!(granted["until"], "2026-03-02T09:10:00Z");
    assert_eq!(granted["warn_at"], "2026-03-02T09:05:00Z");
    assert_eq!(beat(&device, &granted["session"], None).await.expect(200)["desired"], "on");
    assert_eq!(word(&world, "scie").await, "in_use");

    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    ada.patch(&path, json!({ "ends_at": "2026-03-02T10:00:00Z" })).await.expect(200);
    let longer = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!(longer["until"], "2026-03-02T10:10:00Z");
    staff.post(&format!("{path}/cancellation"), json!({})).await.expect(200);
    let over = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!((&over["desired"], &over["ended"]["reason"]), (&json!("off"), &json!("lease")));
    assert_eq!(over["ended"]["reasons"][0]["code"], "reservation_missing");
    let again = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!(again["ended"]["reason"], "lease", "whoever missed the answer hears it again");
}

#[actix_web::test]
async fn a_certification_revoked_while_running_ends_the_session_with_its_reason() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["laser"]).await;
    world.powered("laser", walk_in()).await;
    world.badged(&ada).await;
    world.trained_on(ada.id, "laser").await;
    let granted = show(&device, "laser", &ada).await;
    assert_eq!(granted["verdict"], "grant", "{granted}");
    let held = ada.get("me/certifications").await.expect(200);
    let path = format!("certifications/{}/revocation", held["items"][0]["id"].as_str().unwrap());
    staff.post(&path, json!({ "reason": "sans lunettes" })).await.expect(200);
    let said = json!({ "outputs": [] });
    let path = format!("sessions/{}/heartbeat", granted["session"].as_str().unwrap());
    let over = device.post(&path, said).await.expect(200);
    assert_eq!(over["ended"]["reasons"][0]["code"], "training_missing");
}

#[actix_web::test]
async fn a_forgotten_machine_ends_by_itself_and_an_end_is_told_once() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let idle = PowerPolicy { idle_watts: Some(20), idle_minutes: Some(10), ..walk_in() };
    world.powered("scie", idle).await;
    world.badged(&ada).await;
    let first = show(&device, "scie", &ada).await;
    assert_eq!(beat(&device, &first["session"], Some(599)).await.expect(200)["desired"], "on");
    let over = beat(&device, &first["session"], Some(600)).await.expect(200);
    assert_eq!(over["ended"]["reason"], "idle");

    let second = show(&device, "scie", &ada).await;
    let path = format!("sessions/{}/end", second["session"].as_str().unwrap());
    let told = device.post(&path, json!({ "reason": "button" })).await.expect(200);
    assert_eq!(told["reason"], "button");
    let later = device.post(&path, json!({ "reason": "power" })).await.expect(200);
    assert_eq!(later["reason"], "button", "who says it second is told how it was");
    let passed_over = device.post(&path, json!({ "reason": "staff" })).await.expect(200);
    assert_eq!((&passed_over["ignored"], &passed_over["reason"]), (&json!(["reason"]), &json!("button")));
    let mine = ada.get("me/power-sessions").await.expect(200);
    let reasons: Vec<_> = mine["items"].as_array().unwrap().iter().map(|one| one["reason"].clone()).collect();
    assert_eq!(reasons, [json!("button"), json!("idle")]);
}

#[actix_web::test]
async fn a_controller_speaks_of_its_own_machines_only() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let other = world.controller(&staff, &["scie-2"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let granted = show(&device, "scie", &ada).await;
    beat(&other, &granted["session"], None).await.problem(404, "not_found");
    let path = format!("sessions/{}/end", granted["session"].as_str().unwrap());
    other.post(&path, json!({ "reason": "button" })).await.problem(404, "not_found");
    for machine in ["scie", "nowhere"] {
        let said = json!({ "request": "r1", "machine": machine, "badge": number(ada.id), "mono_ms": 1 });
        other.post("scans", said).await.problem(403, "machine_not_bound");
        let smell = json!({ "machine": machine, "class": "defect" });
        other.post("lockouts", smell).await.problem(403, "machine_not_bound");
    }
    assert_eq!(word(&world, "scie").await, "offline", "its own controller has not told of its relay yet");
}

#[actix_web::test]
async fn a_lockout_ends_what_runs_and_outlives_every_reboot_until_staff_take_it_back() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let granted = show(&device, "scie", &ada).await;
    let smell = json!({ "class": "defect", "reason": "ça sent le brûlé" });
    ada.post("machines/scie/lockouts", smell).await.expect(200);
    let over = beat(&device, &granted["session"], None).await.expect(200);
    assert_eq!(over["ended"]["reason"], "lockout");
    let refused = show(&device, "scie", &ada).await;
    assert_eq!((&refused["verdict"], &refused["reasons"][0]["code"]), (&json!("deny"), &json!("locked_out")));
    let rebooted = hello(&device, json!([])).await;
    assert_eq!(rebooted["machines"][0]["lockout"]["class"], "defect");
    assert_eq!(rebooted["machines"][0]["desired"], "off");
    assert_eq!(word(&world, "scie").await, "locked");
    let why = json!({ "reason": "courroie changée" });
    let take_back = || staff.post("machines/scie/lockouts/clearance", why.clone());
    take_back().await.expect(204);
    take_back().await.problem(404, "not_found");
    assert_eq!(hello(&device, json!([])).await["machines"][0]["lockout"], Json::Null);
    assert_eq!(show(&device, "scie", &ada).await["verdict"], "grant");
}

#[actix_web::test]
async fn a_lockout_latched_without_the_server_is_kept_and_not_brought_back() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let held = json!([{ "machine": "scie", "class": "emergency" }]);
    assert_eq!(hello(&device, held.clone()).await["machines"][0]["lockout"]["class"], "emergency");
    assert_eq!(hello(&device, held.clone()).await["machines"][0]["lockout"]["class"], "emergency");
    let why = json!({ "reason": "essai" });
    staff.post("machines/scie/lockouts/clearance", why).await.expect(204);
    let heard = hello(&device, held.clone()).await;
    assert_eq!(heard["machines"][0]["lockout"], Json::Null, "it did not know yet, and hears it now");
    let anew = hello(&device, held).await;
    assert_eq!(anew["machines"][0]["lockout"]["class"], "emergency", "it knew: this one is new");
}

#[actix_web::test]
async fn each_controller_of_a_machine_hears_of_a_clearance_for_itself() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (one, other) = (world.controller(&staff, &["scie"]).await, world.controller(&staff, &["scie"]).await);
    let held = json!([{ "machine": "scie", "class": "defect" }]);
    let lockout = async |device: &Device<'_>, held: &Json| {
        hello(device, held.clone()).await["machines"][0]["lockout"].clone()
    };
    for round in 0..2 {
        other.post("lockouts", held[0].clone()).await.expect(200);
        assert_eq!(lockout(&one, &json!([])).await["class"], "defect");
        let why = json!({ "reason": "courroie changée" });
        staff.post("machines/scie/lockouts/clearance", why).await.expect(204);
        assert_eq!(lockout(&one, &held).await, Json::Null, "round {round}");
        assert_eq!(lockout(&other, &held).await, Json::Null, "the first has heard, and this one not yet");
        assert_eq!(word(&world, "scie").await, "free");
    }
    // Both know: what either holds now is new.
    assert_eq!(lockout(&other, &held).await["class"], "defect");
}

#[actix_web::test]
async fn an_open_session_is_resumed_by_its_identifier() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let granted = show(&device, "scie", &ada).await;
    let told = hello(&device, json!([])).await;
    assert_eq!(told["machines"][0]["session"]["id"], granted["session"]);
    assert_eq!(told["machines"][0]["desired"], "on");
    let open = staff.get("power-sessions").await.expect(200);
    let path = format!("power-sessions/{}/end", open["items"][0]["id"].as_str().unwrap());
    assert_eq!(staff.post(&path, json!({})).await.expect(200)["reason"], "staff");
    assert_eq!(beat(&device, &granted["session"], None).await.expect(200)["ended"]["reason"], "staff");
    assert_eq!(hello(&device, json!([])).await["machines"][0]["session"], Json::Null);
    world.clock.advance(TimeDelta::seconds(1));
}
