//! What comes in: bodies, queries, paths.

use reqwest::Method;
use serde_json::json;

use super::things::world;
use crate::world::Answer;

#[tokio::test]
async fn a_body_that_is_not_json_is_malformed() {
    let world = world();
    for body in ["", "{", "{\"name\":\"a\"} {}", "\u{feff}{}"] {
        let request =
            world.stranger().request(Method::POST, "things").header("content-type", "application/json");
        Answer::to(request.body(body)).await.problem(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_typo_in_a_field_does_not_pass_in_silence() {
    let world = world();
    let problem =
        world.stranger().post("things", json!({"name": "a", "seat": 3})).await.problem(422, "unknown_field");
    assert_eq!(problem["fields"][0]["path"], "seat");
    assert_eq!(problem["fields"][0]["code"], "unknown_field");
    assert_eq!(problem["fields"][0]["detail"], "Nous ne connaissons pas ce champ.");
}

#[tokio::test]
async fn every_field_that_is_not_right_is_named() {
    let world = world();
    let cases = [
        (json!({}), "name", "required"),
        (json!({"name": 3}), "name", "wrong_type"),
        (json!({"name": "a", "seats": 300}), "seats", "invalid_value"),
        (json!({"name": ""}), "name", "length"),
        (json!({"name": "a\u{0}"}), "name", "invalid_character"),
        (json!({"name": "a", "seats": 13}), "seats", "invalid_value"),
        (json!([1]), "", "wrong_type"),
    ];
    for (body, path, code) in cases {
        let problem = world.stranger().post("things", body.clone()).await.problem(422, "invalid_request");
        assert_eq!(
            (&problem["fields"][0]["path"], &problem["fields"][0]["code"]),
            (&json!(path), &json!(code)),
            "{body}"
        );
    }
    let problem = world
        .stranger()
        .post("things", json!({"name": "", "seats": 13}))
        .await
        .problem(422, "invalid_request");
    assert_eq!(problem["fields"].as_array().unwrap().len(), 2, "{problem}");
}

#[tokio::test]
async fn only_json_is_read() {
    let world = world();
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let request = world.stranger().request(Method::POST, "things").header("content-type", kind);
        Answer::to(request.body("{\"name\":\"a\"}")).await.problem(415, "unsupported_media_type");
    }
    let request = world
        .stranger()
        .request(Method::POST, "things")
        .header("content-type", "application/json; charset=utf-8");
    Answer::to(request.body("{\"name\":\"a\"}")).await.expect(201);
}

#[tokio::test]
async fn a_body_over_64_kib_is_too_large() {
    let world = world();
    let body = json!({"name": "a".repeat(70 * 1024)});
    world.stranger().post("things", body.clone()).await.problem(413, "body_too_large");
    let keyed = world.stranger().request(Method::POST, "things").header("idempotency-key", "k").json(&body);
    Answer::to(keyed).await.problem(413, "body_too_large");
}

#[tokio::test]
async fn a_body_that_may_be_left_out_is_checked_when_it_is_there() {
    let (world, path) = (world(), "things/0198c0de-0000-7000-8000-000000000000/cancellation");
    assert_eq!(Answer::to(world.stranger().request(Method::POST, path)).await.expect(202), "no reason");
    assert_eq!(world.stranger().post(path, json!({"reason": "rain"})).await.expect(202), "rain");
    world.stranger().post(path, json!({"reson": "rain"})).await.problem(422, "unknown_field");
}

#[tokio::test]
async fn a_query_is_as_strict_as_a_body() {
    let world = world();
    let cases = [
        ("things?lmit=3", "unknown_field", "lmit"),
        ("things?limit=3&limit=4", "invalid_request", "limit"),
        ("things?limit=0", "invalid_request", "limit"),
        ("things?limit=201", "invalid_request", "limit"),
        ("things?limit=-1", "invalid_request", "limit"),
        ("things?after=%21", "invalid_request", "after"),
        ("things?from=0000-00-00", "invalid_request", "from"),
        ("things?after=%00", "invalid_request", ""),
    ];
    for (path, code, field) in cases {
        let problem = world.stranger().get(path).await.problem(422, code);
        assert_eq!(problem["fields"][0]["path"], field, "{path}");
    }
}

#[tokio::test]
async fn a_path_that_does_not_parse_leads_nowhere() {
    let world = world();
    for path in ["things/laser", "things/0198c0de", "things/%00", "things/%ff", "things/"] {
        world.stranger().get(path).await.problem(404, "not_found");
    }
}

#[tokio::test]
async fn a_list_links_its_next_page_and_keeps_the_question() {
    let world = world();
    let first = world.stranger().get("things?limit=2&from=2026-03-02T08:00:00Z").await;
    let (link, page) = (first.header("link").to_owned(), first.expect(200));
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    let next = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
    let second = world.stranger().get(next).await.expect(200);
    assert_eq!(second["items"][0], "32026-03-02T08:00:00Z");
    let last = world.stranger().get("things?limit=2&after=NA").await;
    assert_eq!((last.header("link"), &last.json()["items"]), ("", &json!(["5"])));
}
