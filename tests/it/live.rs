//! The stream of what happens now.

use std::time::Duration;

use etabli::kernel::Code;
use reqwest::{Method, Response};
use serde_json::{Value as Json, json};

use crate::world::World;

/// Somebody who listens.
struct Ear {
    response: Response,
    heard: String,
}

/// An event: its mark, its name, what it says.
type Heard = (String, String, Json);

impl Ear {
    async fn open(world: &World, mark: Option<&str>) -> Self {
        let mut request = world.stranger().request(Method::GET, "live").header("accept-encoding", "gzip, br");
        if let Some(mark) = mark {
            request = request.header("last-event-id", mark);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        Self { response, heard: String::new() }
    }

    /// The next event; none when the stream is over.
    async fn next(&mut self) -> Option<Heard> {
        loop {
            if let Some((block, rest)) = self.heard.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.heard = rest;
                let field = |name: &str| {
                    block.lines().find_map(|line| Some(line.strip_prefix(name)?.trim_start().to_owned()))
                };
                if let Some(data) = field("data:") {
                    let json = serde_json::from_str(&data).unwrap();
                    return Some((field("id:").unwrap(), field("event:").unwrap(), json));
                }
                continue;
            }
            let more = tokio::time::timeout(Duration::from_secs(10), self.response.chunk());
            let more = more.await.expect("news within ten seconds").unwrap()?;
            self.heard.push_str(std::str::from_utf8(&more).unwrap());
        }
    }

    /// The next event of this kind about this machine.
    async fn until(&mut self, name: &str, machine: &str) -> Heard {
        loop {
            let heard = self.next().await.expect("a stream that goes on");
            if heard.1 == name && heard.2["machine"] == machine {
                return heard;
            }
        }
    }
}

#[actix_web::test]
async fn whoever_comes_is_told_what_is_true_and_then_what_changes() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let mut ear = Ear::open(&world, None).await;
    assert_eq!(ear.response.headers()["content-type"], "text/event-stream; charset=utf-8");
    assert!(!ear.response.headers().contains_key("content-encoding"), "a stream is read line by line");
    let (_, _, before) = ear.until("calendar", "scie").await;
    let (_, _, power) = ear.until("power", "scie").await;
    let told = world.stranger().get("machines/scie/power").await.expect(200);
    assert_eq!(power, told, "the stream and the page say the same");

    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let (_, _, after) = ear.until("calendar", "scie").await;
    assert_ne!(before["version"], after["version"]);

    let smell = json!({ "class": "defect", "reason": "ça sent le brûlé" });
    ada.post("machines/scie/lockouts", smell).await.expect(200);
    let (_, _, locked) = ear.until("power", "scie").await;
    assert_eq!((&locked["state"], &locked["lockout"]), (&json!("locked"), &json!("defect")));
    let words = locked.to_string();
    assert!(!words.contains("Ada") && !words.contains(&ada.id.to_string()) && !words.contains("brûlé"));
}

#[actix_web::test]
async fn whoever_was_away_hears_what_they_missed() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let mut ear = Ear::open(&world, None).await;
    let (mark, ..) = ear.until("power", "laser").await;
    let (later, ..) = {
        ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
        ear.until("calendar", "scie").await
    };
    drop(ear);
    ada.books("scie", "2026-03-04 10:00-11:00").await.expect(201);

    let (missed, name, said) = Ear::open(&world, Some(&later)).await.next().await.unwrap();
    assert_eq!((name.as_str(), &said["machine"]), ("calendar", &json!("scie")));
    assert_ne!(missed, later, "what was heard already is not told again");
    let (.., first) = Ear::open(&world, Some("somebody-else-12")).await.next().await.unwrap();
    assert!(
        first["machine"].is_null(),
        "a mark of another process starts anew, with the lab's own hours: {first}"
    );
    assert_ne!(mark, later);
}

#[actix_web::test]
async fn the_stream_ends_when_the_house_closes() {
    let world = World::with_lab().await;
    let mut ear = Ear::open(&world, None).await;
    ear.until("power", "scie").await;
    world.app.live.close();
    while ear.next().await.is_some() {}
    let late = world.stranger().request(Method::GET, "live").send().await.unwrap();
    assert_eq!(late.status(), 503);
}

#[actix_web::test]
async fn one_address_does_not_take_every_place() {
    let world = World::with_lab().await;
    let (app, here, there) = (&world.app, "192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
    let mut listening = Vec::new();
    for _ in 0..32 {
        listening.push(app.live.listen(app, Some(here), None).await.unwrap());
    }
    let more = app.live.listen(app, Some(here), None).await.err().expect("one too many");
    assert_eq!(more.code(), Code::TooManyTries);
    listening.push(app.live.listen(app, Some(there), None).await.unwrap());
    listening.push(app.live.listen(app, None, None).await.unwrap());
    drop(listening.remove(0));
    listening.push(app.live.listen(app, Some(here), None).await.unwrap());
    assert!(app.live.listen(app, Some(here), None).await.is_err(), "whoever hangs up frees one place");
}
