//! Tags of versions, caches, compression.

use reqwest::Method;
use serde_json::json;

use super::things::world;
use crate::world::Answer;

const THING: &str = "things/0198c0de-0000-7000-8000-000000000000";

#[tokio::test]
async fn who_has_the_current_version_is_not_sent_it_again() {
    let world = world();
    let first = world.stranger().get(THING).await;
    let tag = first.header("etag").to_owned();
    assert!(first.status == 200 && tag.starts_with('"'), "{first:?}");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    for held in [tag.clone(), format!("\"old\", {tag}"), format!("W/{tag}"), "*".into()] {
        let again =
            Answer::to(world.stranger().request(Method::GET, THING).header("if-none-match", &held)).await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()), "{held}");
    }
    let stale =
        Answer::to(world.stranger().request(Method::GET, THING).header("if-none-match", "\"old\"")).await;
    assert_eq!(stale.status, 200);
}

#[tokio::test]
async fn who_has_an_old_version_does_not_change_it() {
    let world = world();
    let tag = world.stranger().get(THING).await.header("etag").to_owned();
    let change = |held: String| {
        let request = world.stranger().request(Method::PATCH, THING).header("if-match", held);
        Answer::to(request.json(&json!({"name": "b"})))
    };
    change("\"old\"".into()).await.problem(412, "precondition_failed");
    change(tag).await.expect(200);
    change("*".into()).await.expect(200);
    world.stranger().patch(THING, json!({"name": "b"})).await.expect(200);
}

#[tokio::test]
async fn only_long_answers_are_compressed() {
    let world = world();
    let ask =
        |path| Answer::to(world.stranger().request(Method::GET, path).header("accept-encoding", "gzip"));
    let (long, short) = (ask("long").await, ask(THING).await);
    assert_eq!((long.header("content-encoding"), short.header("content-encoding")), ("gzip", ""));
    assert!(long.body.len() < 1000 && long.body.starts_with(&[0x1f, 0x8b]));
    assert_eq!(short.json()["name"], "thing");
    assert_eq!(long.header("cache-control"), "no-store");
}
