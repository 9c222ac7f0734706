//! A machine behind a plug, switched on from the phone.

use etabli::machines::PowerPolicy;
use serde_json::{Value as Json, json};

use crate::world::{World, badges::walk_in};

const ON: &str = "machines/scie/power-sessions";

/// A saw behind a plug that nobody speaks with.
async fn plugged(policy: PowerPolicy) -> World {
    let world = World::with_lab().await;
    world.powered("scie", policy).await;
    let plug = json!({ "machine": "scie", "adapter": "tasmota", "topic": "scie" });
    world.staff().await.post("plugs", plug).await.expect(201);
    world.plug_answers("scie").await;
    world
}

#[tokio::test]
async fn what_cannot_be_reached_is_refused_at_once_and_does_not_end_what_runs() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let ada = world.maker("Ada").await;
    let plug = json!({ "machine": "scie", "adapter": "tasmota", "topic": "scie" });
    let staff = world.staff().await;
    let plug = staff.post("plugs", plug).await.expect(201);
    let refused = ada.post(ON, json!({})).await.problem(409, "machine_offline");
    assert!(refused["detail"].as_str().unwrap().contains("ne répond pas"), "never heard of: {refused}");
    assert_eq!(ada.get("me/power-sessions").await.expect(200)["items"], json!([]));

    world.plug_answers("scie").await;
    let session = ada.post(ON, json!({})).await.expect(201);
    world.plug_is_away("scie").await;
    assert_eq!(ada.post(ON, json!({})).await.expect(201)["id"], session["id"], "her own runs on");
    let end = format!("me/power-sessions/{}/end", session["id"].as_str().unwrap());
    ada.post(&end, json!({})).await.expect(200);
    ada.post(ON, json!({})).await.problem(409, "machine_offline");
    let path = format!("plugs/{}", plug["id"].as_str().unwrap());
    staff.patch(&path, json!({ "topic": "autre" })).await.expect(200);
    ada.post(ON, json!({})).await.problem(409, "machine_offline");
}

#[tokio::test]
async fn a_member_switches_it_on_and_off_and_asking_twice_is_asking_once() {
    let world = plugged(walk_in()).await;
    let ada = world.maker("Ada").await;
    let session = ada.post(ON, json!({})).await.expect(201);
    assert_eq!(session["member"], json!(ada.id));
    assert_eq!((&session["controller"], &session["ended_at"]), (&Json::Null, &Json::Null));
    assert_eq!(ada.post(ON, json!({})).await.expect(201)["id"], session["id"]);
    assert_eq!(ada.get("me/power-sessions").await.expect(200)["items"][0]["id"], session["id"]);

    let bo = world.maker("Bo").await;
    bo.post(ON, json!({})).await.problem(409, "machine_in_use");
    let end = format!("me/power-sessions/{}/end", session["id"].as_str().unwrap());
    bo.post(&end, json!({})).await.problem(404, "not_found");
    assert_eq!(ada.post(&end, json!({})).await.expect(200)["reason"], "button");
    assert_eq!(ada.post(&end, json!({})).await.expect(200)["reason"], "button", "it stays as it ended");
    bo.post(ON, json!({})).await.expect(201);
    assert!(world.app.store.read(etabli::power::log::verify).await.unwrap().broken.is_none());
}

#[tokio::test]
async fn the_rule_book_is_asked_and_every_reason_is_told() {
    let world = plugged(PowerPolicy::default()).await;
    let novice = world.member("Noe").await;
    let refused = novice.post(ON, json!({})).await;
    let told = refused.json();
    let refusals = told["refusals"].as_array().unwrap_or_else(|| panic!("{told}"));
    let codes: Vec<&str> = refusals.iter().filter_map(|refusal| refusal["code"].as_str()).collect();
    assert!(refused.status == 403 && codes.contains(&"membership_missing"), "{told}");
    assert!(codes.contains(&"reservation_missing"), "{told}");
    assert_eq!(novice.get("me/power-sessions").await.expect(200)["items"], json!([]));
}

#[tokio::test]
async fn where_a_badge_is_needed_the_phone_does_not_do() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let ada = world.maker("Ada").await;
    // No plug: its controller starts nothing that it did not ask for.
    ada.post(ON, json!({})).await.problem(409, "badge_needed");
    let plug = json!({ "machine": "scie", "adapter": "tasmota", "topic": "scie" });
    world.staff().await.post("plugs", plug).await.expect(201);
    world.powered("scie", PowerPolicy { risk_class: 2, ..walk_in() }).await;
    ada.post(ON, json!({})).await.problem(409, "badge_needed");
    ada.post("machines/nothing/power-sessions", json!({})).await.problem(404, "not_found");
}
