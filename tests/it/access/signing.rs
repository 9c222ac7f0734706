//! What a request of a controller must be to be believed.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World};

#[tokio::test]
async fn whatever_is_not_as_it_was_signed_is_refused() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let other = world.controller(&world.member("boss").staff().await, &["scie"]).await;
    let path = format!("pairings/{}", device.id);
    let good = device.frame(Method::GET, &path, &Json::Null);
    let spoilt = |name: &'static str, value: String| {
        let request = device.sign(&device.frame(Method::GET, &path, &Json::Null));
        let mut request = request.build().unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        request
    };
    let cases = [
        (spoilt("x-nonce", "another-nonce-0123".into()), "signature_invalid"),
        (spoilt("x-timestamp", (good.timestamp + 1).to_string()), "signature_invalid"),
        (spoilt("x-signature", "0".repeat(128)), "signature_invalid"),
        (spoilt("x-controller", other.id.clone()), "signature_invalid"),
        (spoilt("x-controller", uuid::Uuid::now_v7().to_string()), "controller_unknown"),
        (spoilt("x-controller", "me".into()), "unauthenticated"),
        (spoilt("x-nonce", "short".into()), "unauthenticated"),
        (spoilt("x-timestamp", "now".into()), "unauthenticated"),
        (spoilt("x-signature", "0".repeat(126)), "unauthenticated"),
    ];
    for (request, code) in cases {
        let client = reqwest::Client::new();
        Answer::to(reqwest::RequestBuilder::from_parts(client, request)).await.problem(401, code);
    }
    device.send(&good).await.expect(200);
}

#[tokio::test]
async fn the_query_and_the_bytes_of_the_body_are_signed_too() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let path = format!("pairings/{}", device.id);
    let mut frame = device.frame(Method::GET, &path, &Json::Null);
    frame.path = format!("{}?x=1", frame.path);
    let mut request = device.sign(&frame).build().unwrap();
    request.url_mut().set_query(Some("x=2"));
    let spoilt = reqwest::RequestBuilder::from_parts(reqwest::Client::new(), request);
    Answer::to(spoilt).await.problem(401, "signature_invalid");

    let frame = device.frame(Method::POST, "keys", &json!({ "public_key": "", "proof": "" }));
    let spaced = device.sign(&frame).body(frame.body.replace(':', ": "));
    Answer::to(spaced).await.problem(401, "signature_invalid");
    // Once the signature holds, the body is read like any other.
    device.send(&frame).await.problem(422, "invalid_request");
}

#[tokio::test]
async fn a_request_counts_once() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let frame = device.frame(Method::GET, &format!("pairings/{}", device.id), &Json::Null);
    device.send(&frame).await.expect(200);
    device.send(&frame).await.problem(401, "nonce_used");
    // The nonce alone is enough: whoever repeats it has not understood.
    let mut other = device.frame(Method::GET, &format!("pairings/{}", device.id), &Json::Null);
    other.nonce.clone_from(&frame.nonce);
    device.send(&other).await.problem(401, "nonce_used");
}

#[tokio::test]
async fn of_twenty_copies_of_one_request_one_is_heard() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    for _ in 0..5 {
        let frame = device.frame(Method::GET, &format!("pairings/{}", device.id), &Json::Null);
        let answers = futures_util::future::join_all((0..20).map(|_| device.send(&frame))).await;
        let heard = answers.iter().filter(|answer| answer.status == 200).count();
        assert_eq!(heard, 1);
        assert!(answers.iter().all(|answer| answer.status == 200 || answer.status == 401));
    }
}

#[tokio::test]
async fn a_refused_request_is_used_up_too() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let key = world.device().key.public();
    let frame = device.frame(Method::POST, "keys", &json!({ "public_key": key, "proof": "0".repeat(128) }));
    device.send(&frame).await.problem(401, "signature_invalid");
    device.send(&frame).await.problem(401, "nonce_used");
}

#[tokio::test]
async fn a_clock_that_is_a_minute_off_is_told_the_time() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    for (off, believed) in [(-61, false), (-60, true), (60, true), (61, false)] {
        let mut frame = device.frame(Method::GET, &format!("pairings/{}", device.id), &Json::Null);
        let now = frame.timestamp;
        frame.timestamp += off;
        let answer = device.send(&frame).await;
        if believed {
            answer.expect(200);
        } else {
            let problem = answer.problem(401, "clock_skew");
            assert_eq!(problem["refusals"][0]["time"], now.to_string());
        }
    }
}

#[tokio::test]
async fn a_nonce_is_remembered_for_as_long_as_its_request_could_be_believed() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let mut frame = device.frame(Method::GET, &format!("pairings/{}", device.id), &Json::Null);
    frame.timestamp += 60;
    device.send(&frame).await.expect(200);
    let forget = *etabli::background::JOBS.iter().find(|job| job.name == "forget_controllers").unwrap();
    world.clock.advance(TimeDelta::seconds(120));
    etabli::background::once(&world.app, forget).await;
    device.send(&frame).await.problem(401, "nonce_used");
    world.clock.advance(TimeDelta::seconds(2));
    etabli::background::once(&world.app, forget).await;
    device.send(&frame).await.problem(401, "clock_skew");
}

#[tokio::test]
async fn a_signature_opens_nothing_that_is_for_people() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let mut frame = device.frame(Method::GET, "", &Json::Null);
    frame.path = "/api/v1/controllers".into();
    device.send(&frame).await.problem(401, "unauthenticated");
}
