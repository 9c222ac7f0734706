//! Frames of firmware that is newer than the house, and of meters that say what no meter should.

use reqwest::{Method, RequestBuilder};
use rstest::rstest;
use serde_json::{Value as Json, json};

use super::leasing::{show, word};
use crate::world::{
    Answer, World,
    badges::{number, walk_in},
    controller::fresh_code,
};

#[rstest]
#[case::less_than_nothing(json!({ "watts": -3 }), &["watts"])]
#[case::no_whole_number(json!({ "idle_s": 1.5 }), &["idle_s"])]
#[case::no_number(json!({ "watts": "NaN" }), &["watts"])]
#[case::a_newer_field(json!({ "phases": [1, 2, 3] }), &["phases"])]
#[case::a_newer_field_of_a_relay(json!({ "outputs": [{ "machine": "scie", "on": true, "amps": 3 }] }), &["outputs[0].amps"])]
#[case::a_relay_that_makes_no_sense(
    json!({ "outputs": [{ "machine": "scie", "on": true }, { "machine": 7, "on": "perhaps" }] }), &["outputs[1]"])]
#[case::a_machine_of_somebody_else(
    json!({ "outputs": [{ "machine": "scie", "on": true }, { "machine": "nulle-part", "on": true }] }), &["nulle-part"])]
#[case::telemetry(json!({ "telemetry": { "rssi": -61, "heap": 20_480 } }), &[])]
#[actix_web::test]
async fn a_heartbeat_counts_whatever_else_it_says(#[case] more: Json, #[case] ignored: &[&str]) {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let session = show(&device, "scie", &ada).await["session"].clone();
    let mut said = json!({ "outputs": [{ "machine": "scie", "on": true }] });
    said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let path = format!("sessions/{}/heartbeat", session.as_str().unwrap());
    let lease = device.post(&path, said).await.expect(200);
    assert_eq!((&lease["desired"], &lease["ignored"]), (&json!("on"), &json!(ignored)));
    assert_eq!(word(&world, "scie").await, "in_use", "a machine that runs is not away");
}

#[actix_web::test]
async fn a_heartbeat_without_its_relays_is_none() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let session = show(&device, "scie", &ada).await["session"].clone();
    let path = format!("sessions/{}/heartbeat", session.as_str().unwrap());
    device.post(&path, json!({ "watts": 12 })).await.problem(422, "invalid_request");
    device.post(&path, json!({ "outputs": "all on" })).await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn hellos_scans_ends_and_lockouts_count_whatever_else_they_say() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;

    let hello = json!({ "firmware": "x".repeat(400), "boot_id": 7, "list_version": "latest", "log_head": null,
        "reset_reason": null, "chip": "esp32-p4", "outputs": [{ "machine": "scie", "on": false }],
        "lockouts": [{ "machine": "scie", "class": "meteorite", "told": "maybe" }] });
    let told = device.post("hello", hello).await.expect(200);
    let mut ignored: Vec<&str> =
        told["ignored"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    ignored.sort_unstable();
    let expected = [
        "boot_id",
        "chip",
        "firmware",
        "list_version",
        "lockouts[0].class",
        "lockouts[0].told",
        "reset_reason",
    ];
    assert_eq!(ignored, expected);
    assert_eq!(
        told["machines"][0]["lockout"]["class"], "defect",
        "a class that nobody knows locks all the same"
    );
    staff.post("machines/scie/lockouts/clearance", json!({ "reason": "rien" })).await.expect(204);

    let scan = json!({ "request": fresh_code(), "machine": "scie", "badge": number(ada.id), "mono_ms": 1, "on": "no",
        "antenna": 2 });
    let granted = device.post("scans", scan).await.expect(200);
    assert_eq!((&granted["verdict"], &granted["ignored"]), (&json!("grant"), &json!(["antenna", "on"])));

    let path = format!("sessions/{}/end", granted["session"].as_str().unwrap());
    let ended = device.post(&path, json!({ "reason": "curfew" })).await.expect(200);
    assert_eq!((&ended["reason"], &ended["ignored"]), (&json!("link"), &json!(["reason"])), "it is over");

    let smoke = json!({ "machine": "scie", "class": "smoke", "badge": 12, "sensor": "ceiling" });
    let locked = device.post("lockouts", smoke).await.expect(200);
    assert_eq!(locked["class"], "defect");
    assert_eq!(word(&world, "scie").await, "locked");
}

#[rstest]
#[case("x-controller")]
#[case("x-timestamp")]
#[case("x-nonce")]
#[case("x-signature")]
#[actix_web::test]
async fn a_header_that_is_missing_is_named(#[case] header: &str) {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let frame = device.frame(Method::POST, "hello", &json!({ "outputs": [] }));
    let (client, request) = device.sign(&frame).build_split();
    let mut request = request.unwrap();
    assert!(request.headers_mut().remove(header).is_some());
    let sent = Answer::to(RequestBuilder::from_parts(client, request)).await;
    let refused = sent.problem(401, "unauthenticated");
    assert_eq!(refused["refusals"][0]["header"], header);
    assert!(refused["detail"].as_str().unwrap().contains(header), "{refused}");
}
