//! Asking again with the same key.

use std::time::Duration;

use chrono::TimeDelta;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::things::world;
use crate::world::{Answer, Visitor};

fn keyed(visitor: &Visitor<'_>, path: &str, key: &str) -> RequestBuilder {
    visitor.request(Method::POST, path).header("idempotency-key", key)
}

async fn add(visitor: &Visitor<'_>, key: &str, name: &str) -> Answer {
    Answer::to(keyed(visitor, "things", key).json(&json!({"name": name}))).await
}

#[tokio::test]
async fn the_first_answer_is_given_again() {
    let world = world();
    let first = add(&world.stranger(), "one", "a").await;
    let again = add(&world.stranger(), "one", "a").await;
    assert_eq!((first.expect(201), first.header("location")), (again.expect(201), again.header("location")));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(first.header("content-type"), again.header("content-type"));
    assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    let other = add(&world.stranger(), "two", "a").await;
    assert_ne!(first.json()["id"], other.expect(201)["id"]);
}

#[tokio::test]
async fn a_refusal_is_given_again_too() {
    let world = world();
    let first = add(&world.stranger(), "one", "").await;
    let again = add(&world.stranger(), "one", "").await;
    assert_eq!(first.problem(422, "invalid_request"), again.problem(422, "invalid_request"));
    assert_eq!(again.header("idempotency-replayed"), "true");
}

#[tokio::test]
async fn a_key_stands_for_one_request_of_one_caller() {
    let world = world();
    let first = add(&world.bearer("ada"), "one", "a").await.expect(201);
    add(&world.bearer("ada"), "one", "b").await.problem(422, "idempotency_key_reused");
    Answer::to(keyed(&world.bearer("ada"), "slow", "one")).await.problem(422, "idempotency_key_reused");
    assert_ne!(add(&world.bearer("grace"), "one", "a").await.expect(201)["id"], first["id"]);
}

#[tokio::test]
async fn a_key_is_forgotten_after_a_day() {
    let world = world();
    let first = add(&world.stranger(), "one", "a").await.expect(201);
    world.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(add(&world.stranger(), "one", "a").await.expect(201), first);
    world.clock.advance(TimeDelta::seconds(1));
    assert_ne!(add(&world.stranger(), "one", "b").await.expect(201)["id"], first["id"]);
}

#[tokio::test]
async fn two_at_once_do_the_work_once() {
    let world = world();
    let ask = || Answer::to(keyed(&world.stranger(), "slow", "one"));
    let (first, second) = tokio::join!(ask(), async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        ask().await
    });
    second.problem(409, "idempotency_in_progress");
    assert!(second.header("retry-after").parse::<u8>().unwrap() > 0);
    assert_eq!(ask().await.expect(201), first.expect(201));
}

#[tokio::test]
async fn the_work_goes_on_when_the_client_hangs_up() {
    let world = world();
    let hasty = keyed(&world.stranger(), "slow", "one").timeout(Duration::from_millis(700)).send().await;
    assert!(hasty.unwrap_err().is_timeout());
    let again = || Answer::to(keyed(&world.stranger(), "slow", "one"));
    let mut answer = again().await;
    while answer.status == 409 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        answer = again().await;
    }
    answer.expect(201);
    assert_eq!(answer.header("idempotency-replayed"), "true");
}

#[tokio::test]
async fn secrets_and_faults_are_not_kept() {
    let world = world();
    let ask = |path| Answer::to(keyed(&world.stranger(), path, "one"));
    assert_ne!(ask("secrets").await.expect(201)["id"], ask("secrets").await.expect(201)["id"]);
    for _ in 0..2 {
        let fault = ask("breaks").await;
        fault.problem(500, "internal_error");
        assert_eq!(fault.header("idempotency-replayed"), "");
    }
}

#[tokio::test]
async fn a_key_is_a_short_word() {
    let world = world();
    for key in ["", "two words", &"k".repeat(256)] {
        let problem = add(&world.stranger(), key, "a").await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["path"], "Idempotency-Key");
    }
    add(&world.stranger(), &"k".repeat(255), "a").await.expect(201);
}

#[tokio::test]
async fn a_request_that_was_only_badly_written_may_be_sent_again() {
    let world = world();
    let visitor = world.stranger();
    Answer::to(keyed(&visitor, "things", "one").body(r#"{"name":"a"}"#))
        .await
        .problem(415, "unsupported_media_type");
    let malformed = keyed(&visitor, "things", "one").header("content-type", "application/json").body("{");
    Answer::to(malformed).await.problem(400, "malformed_request");
    assert_eq!(add(&visitor, "one", "a").await.header("idempotency-replayed"), "");
    assert_eq!(add(&visitor, "one", "a").await.header("idempotency-replayed"), "true");
}

#[tokio::test]
async fn a_key_is_minded_however_the_path_is_written() {
    let world = world();
    let ask = || Answer::to(keyed(&world.stranger(), "/%61pi/v1/things", "one").json(&json!({"name": "a"})));
    assert_eq!(ask().await.expect(201), ask().await.expect(201));
}
