//! Staff look after plugs.

use etabli::power::{self, Observation, Source};
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value as Json, json};

use super::saw;
use crate::world::{Answer, World, badges::walk_in};

fn tasmota() -> Json {
    json!({ "machine": "scie", "adapter": "tasmota", "topic": "bois/scie", "lease_seconds": 30 })
}

#[tokio::test]
async fn a_plug_is_added_changed_and_taken_away() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let made = staff.post("plugs", tasmota()).await.expect(201);
    let path = format!("plugs/{}", made["id"].as_str().unwrap());
    assert_eq!(
        (&made["machine"], &made["channel"], &made["power"]),
        (&json!("scie"), &json!(""), &Json::Null)
    );
    let changed = staff.patch(&path, json!({ "channel": "2", "lease_seconds": null })).await.expect(200);
    assert_eq!((&changed["topic"], &changed["channel"]), (&json!("bois/scie"), &json!("2")));
    assert_eq!(changed["lease_seconds"], Json::Null);
    assert_eq!(staff.get(&path).await.expect(200), changed);
    assert_eq!(staff.get("plugs").await.expect(200)["items"], json!([changed]));
    staff.delete(&path).await.expect(204);
    staff.get(&path).await.problem(404, "not_found");
    let saw = saw(&world).await;
    let intended = world.app.store.read(move |db| etabli::power::intended(db, saw)).await.unwrap();
    assert!(!intended.unwrap().on, "a machine without its plug is meant to be off");
    let admin = world.admin().await;
    let lines = admin.get("journal").await.expect(200);
    let actions: Vec<_> = lines["items"].as_array().unwrap().iter().map(|line| &line["action"]).collect();
    for action in ["plug_added", "plug_changed", "plug_removed"] {
        assert!(actions.contains(&&json!(action)), "{action} in {actions:?}");
    }
}

#[tokio::test]
async fn a_plug_somebody_uses_is_neither_moved_nor_taken_away() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let path = format!("plugs/{}", staff.post("plugs", tasmota()).await.expect(201)["id"].as_str().unwrap());
    world.powered("scie", walk_in()).await;
    world.plug_answers("scie").await;
    let session = ada.post("machines/scie/power-sessions", json!({})).await.expect(201);
    let refused = staff.delete(&path).await.problem(409, "plug_in_use");
    assert!(refused["detail"].as_str().unwrap().contains("mettez d’abord fin à la session"), "{refused}");
    staff.patch(&path, json!({ "topic": "bois/autre" })).await.problem(409, "plug_in_use");
    let mine = ada.get("me/power-sessions").await.expect(200);
    assert_eq!(mine["items"][0]["ended_at"], Json::Null, "nothing happened to it");

    let end = format!("power-sessions/{}/end", session["id"].as_str().unwrap());
    assert!(staff.post(&end, json!({})).await.status < 300);
    staff.patch(&path, json!({ "topic": "bois/autre" })).await.expect(200);
    staff.delete(&path).await.expect(204);
}

#[tokio::test]
async fn a_machine_somebody_uses_gets_no_plug() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    world.badged(&ada).await;
    let reader = world.reader(&["scie"]).await;
    world.powered("scie", walk_in()).await;
    let session = world.shows(&reader, "scie", &ada).await.unwrap().session.unwrap();
    staff.post("plugs", tasmota()).await.problem(409, "plug_in_use");
    assert_eq!(staff.get("plugs").await.expect(200)["items"], json!([]));
    let end = format!("power-sessions/{}/end", session.id);
    assert!(staff.post(&end, json!({})).await.status < 300);
    staff.post("plugs", tasmota()).await.expect(201);
}

#[tokio::test]
async fn a_plug_is_changed_and_taken_away_by_whoever_has_read_how_it_is() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let made = staff.post("plugs", tasmota()).await;
    let path = format!("plugs/{}", made.json()["id"].as_str().unwrap());
    let first = staff.get(&path).await.header("etag").to_owned();
    assert_eq!(made.header("etag"), first);
    let with = |method: Method, name: &'static str, tag: &str| {
        let request = staff.request(method.clone(), &path).header(name, tag);
        let request =
            if method == Method::PATCH { request.json(&json!({ "channel": "2" })) } else { request };
        Answer::to(request)
    };
    assert_eq!(with(Method::GET, "if-none-match", &first).await.status, 304);
    with(Method::PATCH, "if-match", "\"nonsense\"").await.problem(412, "precondition_failed");
    // What the plug says meanwhile makes another answer for readers, and nothing else for writers.
    let (saw, now) = (saw(&world).await, world.app.now());
    let seen =
        Observation { source: Source::Plug, online: true, on: Some(false), watts: Some(1.0), fault: None };
    world.app.store.write(move |db| power::observe(db, saw, seen, now)).await.unwrap();
    assert_eq!(with(Method::GET, "if-none-match", &first).await.status, 200);
    let changed = with(Method::PATCH, "if-match", &first).await;
    let second = changed.header("etag").to_owned();
    assert_eq!(changed.expect(200)["channel"], "2");
    for stale in [first.as_str(), "\"nonsense\""] {
        with(Method::PATCH, "if-match", stale).await.problem(412, "precondition_failed");
        with(Method::DELETE, "if-match", stale).await.problem(412, "precondition_failed");
    }
    with(Method::DELETE, "if-match", &second).await.expect(204);
}

#[tokio::test]
async fn a_relay_with_two_names_is_one_relay() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let plug = |machine: &str, channel: &str| json!({ "machine": machine, "adapter": "tasmota", "topic": "bois", "channel": channel });
    let first = staff.post("plugs", plug("scie", "")).await.expect(201);
    let taken = staff.post("plugs", plug("laser", "1")).await.problem(422, "invalid_request");
    assert_eq!(
        (&taken["fields"][0]["path"], &taken["fields"][0]["code"]),
        (&json!("topic"), &json!("plug_taken"))
    );
    let second = staff.post("plugs", plug("laser", "2")).await.expect(201);
    let path = |plug: &Json| format!("plugs/{}", plug["id"].as_str().unwrap());
    let moved = staff.patch(&path(&second), json!({ "channel": "1" })).await.problem(422, "invalid_request");
    assert_eq!(moved["fields"][0]["code"], "plug_taken");
    // Its own other name is nobody else's.
    staff.patch(&path(&first), json!({ "channel": "1" })).await.expect(200);
}

#[tokio::test]
async fn a_full_topic_is_kept_in_one_way_only() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let plug =
        |machine: &str, topic: &str| json!({ "machine": machine, "adapter": "tasmota", "topic": topic });
    let usual = staff.post("plugs", plug("scie", "%prefix%/bois/scie/")).await.expect(201);
    assert_eq!(usual["topic"], "bois/scie");
    let taken = staff.post("plugs", plug("laser", "bois/scie")).await.problem(422, "invalid_request");
    assert_eq!(taken["fields"][0]["code"], "plug_taken");
    let turned = staff.post("plugs", plug("laser", "laser/%prefix%/")).await.expect(201);
    assert_eq!(turned["topic"], "laser/%prefix%");
    let path = format!("plugs/{}", turned["id"].as_str().unwrap());
    let refused =
        staff.patch(&path, json!({ "topic": "%topic%/%prefix%" })).await.problem(422, "invalid_request");
    assert!(
        refused["fields"][0]["message"].as_str().is_none_or(|text| text.contains("FullTopic")),
        "{refused}"
    );
    assert_eq!(refused["fields"][0]["code"], "written_out");
}

#[rstest]
#[case::a_wildcard(json!({ "topic": "bois/#" }), "topic", "topic")]
#[case::our_own_place(json!({ "topic": "etabli/rpc" }), "topic", "topic")]
#[case::a_place_not_written_out(json!({ "topic": "%topic%/%prefix%" }), "topic", "written_out")]
#[case::a_prefix_where_there_is_none(json!({ "adapter": "shelly", "topic": "scie/%prefix%" }), "topic", "written_out")]
#[case::a_relay_that_is_not(json!({ "channel": "0" }), "channel", "channel")]
#[case::a_lease_too_short(json!({ "lease_seconds": 5 }), "lease_seconds", "range")]
#[case::a_machine_nobody_knows(json!({ "machine": "soucoupe" }), "machine", "unknown_machine")]
#[case::a_second_plug(json!({ "machine": "laser" }), "machine", "has_plug")]
#[case::a_relay_of_another(json!({ "topic": "laser" }), "topic", "plug_taken")]
#[tokio::test]
async fn what_cannot_be_is_said_beside_its_field(
    #[case] wrong: Json,
    #[case] path: &str,
    #[case] code: &str,
) {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let laser = json!({ "machine": "laser", "adapter": "tasmota", "topic": "laser" });
    staff.post("plugs", laser).await.expect(201);
    let mut wish = tasmota();
    wish.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
    let problem = staff.post("plugs", wish).await.problem(422, "invalid_request");
    assert_eq!((&problem["fields"][0]["path"], &problem["fields"][0]["code"]), (&json!(path), &json!(code)));
}

#[tokio::test]
async fn a_plug_that_never_spoke_is_said_to_be_unchecked() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let made = staff.post("plugs", tasmota()).await.expect(201);
    let check = staff.get(&format!("plugs/{}/check", made["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(check["told_at"], Json::Null);
    let settings: Vec<_> = check["mistakes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mistake| mistake["setting"].as_str().unwrap())
        .collect();
    assert_eq!(
        settings,
        [
            "PowerOnState",
            "SetOption0",
            "PowerRetain",
            "TelePeriod",
            "SetOption4",
            "SetOption26",
            "Rule1",
            "Rule2",
            "Rule3",
            "Timers"
        ]
    );
}
