//! Frames of all shapes, signed and not: refused with a code, never a fault.

use proptest::{
    prelude::{Just, Strategy, any, prop_oneof},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use reqwest::Method;
use serde_json::Value as Json;

use crate::world::{Answer, World, controller::Frame};

/// How many frames each path is sent.
const FRAMES: usize = 60;

/// A body that is nearly right, or nothing like it.
fn body() -> impl Strategy<Value = String> {
    let scrap = prop_oneof![
        Just(r#"{"public_key":"00","code":"AAAAAA","firmware":"x"}"#.to_owned()),
        Just(r#"{"request":"r","machine":"scie","badge":"04a1","mono_ms":-1}"#.to_owned()),
        Just(r#"{"boot_id":"b","mono_ms":9223372036854775807,"events":[{"seq":1,"boot_id":"b","mono_ms":0,"wall":9223372036854775807,"type":"x","data":{"a":1e999},"prev":"00"}]}"#.to_owned()),
        Just(r#"{"boot_id":"b","mono_ms":0,"events":[{"seq":9223372036854775807,"boot_id":"c","mono_ms":9223372036854775807,"wall":-9223372036854775808,"type":"x","data":{},"prev":"0000000000000000000000000000000000000000000000000000000000000000"}]}"#.to_owned()),
        Just(r#"{"class":"defect","machine":"scie","reason":"badge"}"#.to_owned()),
        Just("[[[[[[[[[[[[[[[[{}]]]]]]]]]]]]]]]]".to_owned()),
        Just("[".repeat(20_000)),
        Just("x".repeat(70_000)),
        any::<String>(),
    ];
    (scrap, any::<usize>(), any::<char>(), any::<bool>()).prop_map(|(mut text, at, letter, spoil)| {
        if spoil {
            let at =
                (0..=text.len()).filter(|at| text.is_char_boundary(*at)).nth(at % (text.chars().count() + 1));
            text.insert(at.unwrap_or(0), letter);
        }
        text
    })
}

/// Every path of the protocol, of this description and of those to come.
async fn paths(world: &World, id: &str) -> Vec<(Method, String)> {
    let api = world.stranger().get("/api/openapi.json").await.expect(200);
    let mut found = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        if path.starts_with("/controller/v1/") {
            let methods = item.as_object().unwrap().keys().filter(|name| *name != "parameters");
            found.extend(
                methods.map(|method| (method.to_uppercase().parse().unwrap(), path.replace("{id}", id))),
            );
        }
    }
    assert!(found.len() >= 4, "{found:?}");
    found
}

#[tokio::test]
async fn no_frame_breaks_the_house() {
    let world = World::with_lab().await;
    let device = world.controller(&world.staff().await, &["scie"]).await;
    let (before, mut refused) = (counted(&world, "unauthenticated").await, 0);
    let mut runner = TestRunner::deterministic();
    let (bodies, words) = (body(), "\\PC{0,70}");
    for (method, path) in paths(&world, &device.id).await {
        for round in 0..FRAMES {
            let body = bodies.new_tree(&mut runner).unwrap().current();
            let mut frame =
                Frame { path: path.clone(), body, ..device.frame(method.clone(), "", &Json::Null) };
            if path.contains("/keys") && frame.body.contains("proof") {
                continue;
            }
            let mut request = device.sign(&frame).build().unwrap();
            // A third as signed, a third with a header that is something else, a third under another number.
            if round % 3 == 1 {
                let names = ["x-controller", "x-timestamp", "x-nonce", "x-signature", "content-type"];
                let text = words.new_tree(&mut runner).unwrap().current();
                if let Ok(value) = reqwest::header::HeaderValue::from_bytes(text.as_bytes()) {
                    request.headers_mut().insert(names[round % names.len()], value);
                }
            } else if round % 3 == 2 {
                frame.timestamp = i64::MIN + i64::try_from(round).unwrap();
                request = device.sign(&frame).build().unwrap();
            }
            let sent = frame.body.chars().take(80).collect::<String>();
            let request = reqwest::RequestBuilder::from_parts(reqwest::Client::new(), request);
            let answer = Answer::to(request).await;
            assert!(answer.status < 500, "{method} {path} {sent}: {} {}", answer.status, answer.text());
            if answer.status >= 400 {
                let code = answer.json()["code"].clone();
                assert!(code.as_str().is_some_and(|code| !code.is_empty()), "{sent}");
                refused += u64::from(code == "unauthenticated");
            }
        }
    }
    device.get(&format!("pairings/{}", device.id)).await.expect(200);
    // Other tests of this process count too: more than before by as many as were refused here, at least.
    let after = counted(&world, "unauthenticated").await;
    assert!(refused > 0 && after >= before + refused, "{before} + {refused} is more than {after}");
}

/// How many frames of this process were refused with this code, as the figures of the house tell.
async fn counted(world: &World, code: &str) -> u64 {
    let name = format!("etabli_controller_frames_refused_total{{code=\"{code}\"}} ");
    let figures = world.stranger().get("/metrics").await.text();
    let line = figures.lines().find_map(|line| line.strip_prefix(&name));
    line.map_or(0, |count| count.parse().unwrap())
}
