//! From an unknown device to a controller of the house, and back.

use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World, controller::fresh_code};

#[tokio::test]
async fn a_device_is_nobody_until_staff_accept_it_by_its_code() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (device, code) = world.device().paired().await;
    let mine = format!("pairings/{}", device.id);
    assert_eq!(device.get(&mine).await.expect(200)["state"], "waiting");
    device.post("keys", json!({})).await.problem(403, "controller_waiting");

    let waiting = &staff.get("controllers").await.expect(200)["items"][0];
    assert_eq!((&waiting["code"], &waiting["state"]), (&json!(code), &json!("waiting")));
    assert_eq!(waiting["fingerprint"], device.get(&mine).await.json()["fingerprint"]);

    let typed = format!(" {}-{}", &code[..3].to_lowercase(), &code[3..]);
    let accepting = json!({ "code": typed, "name": " Scie ", "machines": ["scie", "scie-2", "scie"] });
    let accepted = staff.post("controllers", accepting.clone()).await;
    assert_eq!(accepted.header("location"), format!("/api/v1/controllers/{}", device.id));
    let accepted = accepted.expect(201);
    assert_eq!((&accepted["name"], &accepted["state"]), (&json!("Scie"), &json!("active")));
    assert_eq!((accepted["machines"].as_array().unwrap().len(), &accepted["code"]), (2, &json!(null)));
    let pairing = device.get(&mine).await.expect(200);
    assert_eq!((&pairing["state"], &pairing["name"]), (&json!("active"), &json!("Scie")));

    let again = staff.post("controllers", accepting).await.problem(422, "invalid_request");
    assert_eq!(again["fields"][0]["code"], "unknown_pairing_code");
}

#[tokio::test]
async fn asking_again_with_the_same_key_is_the_same_request() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (device, first) = world.device().paired().await;
    let second = fresh_code();
    assert_eq!(device.pair(&second).await.expect(200)["id"], device.id);
    let wanted = |code: &str| json!({ "code": code, "name": "Scie", "machines": [] });
    staff.post("controllers", wanted(&first)).await.problem(422, "invalid_request");
    staff.post("controllers", wanted(&second)).await.expect(201);
    let known = device.pair(&fresh_code()).await.expect(200);
    assert_eq!((&known["id"], &known["state"]), (&json!(device.id), &json!("active")));
}

#[tokio::test]
async fn two_devices_never_show_the_same_code() {
    let world = World::with_lab().await;
    let (_, code) = world.device().paired().await;
    world.device().pair(&code).await.problem(409, "pairing_code_taken");
}

#[tokio::test]
async fn a_code_is_over_after_a_quarter_of_an_hour() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (device, code) = world.device().paired().await;
    world.clock.advance(chrono::TimeDelta::minutes(15));
    let late = json!({ "code": code, "name": "Scie", "machines": ["scie"] });
    let problem = staff.post("controllers", late).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "unknown_pairing_code");
    assert_eq!(staff.get("controllers").await.expect(200)["items"], json!([]));
    // The code is free again, and the device too.
    let (other, _) = world.device().paired().await;
    assert_eq!(other.pair(&code).await.expect(200)["id"], other.id);
    assert_ne!(device.pair(&fresh_code()).await.expect(200)["id"], device.id);
}

#[tokio::test]
async fn strangers_cannot_fill_the_list_of_those_who_wait() {
    let world = World::with_lab().await;
    for _ in 0..32 {
        world.device().paired().await;
    }
    let refused = world.device().pair(&fresh_code()).await;
    assert_eq!(refused.header("retry-after"), "60");
    refused.problem(429, "too_many_tries");
}

#[tokio::test]
async fn staff_bind_a_controller_to_other_machines_and_revoke_it() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let path = format!("controllers/{}", device.id);
    let tag = staff.get(&path).await.header("etag").to_owned();
    let change = |body| Answer::to(staff.request(Method::PATCH, &path).header("If-Match", &tag).json(&body));
    let unknown = change(json!({ "machines": ["scie", "nulle-part"] })).await.problem(422, "invalid_request");
    assert_eq!(unknown["fields"][0]["path"], "machines[1]");
    let bound = change(json!({ "machines": ["laser"], "name": "Laser" })).await.expect(200);
    assert_eq!((bound["machines"].as_array().unwrap().len(), &bound["name"]), (1, &json!("Laser")));
    change(json!({ "name": "Autre" })).await.problem(412, "precondition_failed");

    let revocation = format!("{path}/revocation");
    let revoked = staff.post(&revocation, json!({ "reason": "volé" })).await.expect(200);
    assert_eq!((&revoked["state"], &revoked["machines"]), (&json!("revoked"), &json!([])));
    staff.post(&revocation, json!({ "reason": "volé" })).await.problem(403, "controller_revoked");
    device.post("keys", json!({})).await.problem(403, "controller_revoked");
    device.pair(&fresh_code()).await.problem(403, "controller_revoked");
    let lines = world.admin().await.get(&format!("journal?subject={}", device.id)).await.expect(200);
    let actions: Vec<_> =
        lines["items"].as_array().unwrap().iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["controller_revoked", "controller_changed", "controller_accepted"]);
}
