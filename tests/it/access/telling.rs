//! Events uploaded once, twice, in disorder, with a gap, and told in two ways.

use etabli::wire::{Event, Link};
use serde_json::{Value as Json, json, value::RawValue};

use crate::world::{Answer, World, controller::Device};

/// A device that writes its chain down.
pub struct Diary<'w> {
    pub device: Device<'w>,
    boot: String,
    seq: i64,
    pub prev: Link,
}

impl<'w> Diary<'w> {
    pub fn of(device: Device<'w>, boot: &str) -> Self {
        Self { device, boot: boot.into(), seq: 0, prev: Link::NONE }
    }

    pub fn event(&mut self, kind: &str) -> Event {
        self.seq += 1;
        // Spaces and order stay as the device wrote them: what is hashed is what was sent.
        let data = RawValue::from_string(r#"{ "z": 1, "a":2.50 }"#.into()).unwrap();
        let (seq, boot_id, mono_ms) = (self.seq, self.boot.clone(), self.seq * 1000);
        let event = Event { seq, boot_id, mono_ms, wall: None, kind: kind.into(), data, prev: self.prev };
        self.prev = event.hash(&self.device.id);
        event
    }

    pub fn events(&mut self, count: usize) -> Vec<Event> {
        (0..count).map(|_| self.event("relay_on")).collect()
    }

    pub fn reboot(&mut self, boot: &str) {
        (self.boot, self.seq) = (boot.into(), 0);
    }

    pub async fn tell(&self, events: &[Event]) -> Json {
        self.answered(events).await.expect(200)
    }

    pub async fn answered(&self, events: &[Event]) -> Answer {
        let body = json!({ "boot_id": self.boot, "mono_ms": 60_000, "events": [] });
        // Written by hand: a value would forget how the data was spelt.
        let events = serde_json::to_string(events).unwrap();
        let mut frame = self.device.frame(reqwest::Method::POST, "events", &body);
        frame.body = frame.body.replace("\"events\":[]", &format!("\"events\":{events}"));
        self.device.send(&frame).await
    }
}

fn heard(answer: &Json) -> (i64, i64, i64, i64) {
    let number = |name: &str| answer[name].as_i64().unwrap();
    (number("new"), number("known"), number("loose"), answer["head"]["seq"].as_i64().unwrap())
}

#[tokio::test]
async fn events_told_twice_are_kept_once() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let mut diary = Diary::of(world.controller(&staff, &["scie"]).await, "b1");
    let events = diary.events(3);
    assert_eq!(heard(&diary.tell(&events[..2]).await), (2, 0, 0, 2));
    assert_eq!(heard(&diary.tell(&events).await), (1, 2, 0, 3));
    diary.reboot("b2");
    let more = diary.events(1);
    let answer = diary.tell(&more).await;
    assert_eq!(heard(&answer), (1, 0, 0, 1));
    assert_eq!(answer["head"]["hash"], diary.prev.to_string());

    let log = staff.get(&format!("controllers/{}/events", diary.device.id)).await.expect(200);
    assert_eq!((&log["gaps"], &log["resets"], &log["forks"]), (&json!(0), &json!(0), &json!(0)));
    let items = log["items"].as_array().unwrap();
    assert!(items.len() == 4 && items.iter().all(|item| item["link"] == "chained"), "{log}");
    // One second after the start, told a minute after it.
    assert!(items.iter().any(|item| item["at"] == "2026-03-02T07:59:01Z"), "{log}");
    let verified = world.app.store.read(etabli::power::log::verify).await.unwrap();
    assert!(verified.broken.is_none() && verified.lines >= 3, "{verified:?}");
}

#[tokio::test]
async fn a_gap_is_seen_and_what_was_missing_may_come_late() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let mut diary = Diary::of(world.controller(&staff, &["scie"]).await, "b1");
    let events = diary.events(5);
    assert_eq!(heard(&diary.tell(&events[..1]).await), (1, 0, 0, 1));
    assert_eq!(heard(&diary.tell(&events[3..]).await), (2, 0, 1, 5));
    assert_eq!(heard(&diary.tell(&events[1..3]).await), (2, 0, 0, 5));
    let log = staff.get(&format!("controllers/{}/events", diary.device.id)).await.expect(200);
    assert_eq!((&log["gaps"], &log["forks"]), (&json!(1), &json!(0)));
    let mut links: Vec<_> =
        log["items"].as_array().unwrap().iter().map(|item| item["link"].clone()).collect();
    links.sort_by_key(ToString::to_string);
    assert_eq!(links, ["chained", "chained", "gap", "late", "late"]);
}

#[tokio::test]
async fn two_stories_about_one_number_are_both_kept_and_shown() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let mut diary = Diary::of(world.controller(&staff, &["scie"]).await, "b1");
    let events = diary.events(2);
    diary.tell(&events).await;
    let mut other = events[1].clone();
    other.kind = "relay_off".into();
    assert_eq!(heard(&diary.tell(&[other]).await), (1, 0, 1, 2));
    let mut loose = diary.event("relay_on");
    loose.prev = Link([7; 32]);
    assert_eq!(heard(&diary.tell(&[loose]).await), (1, 0, 1, 2));
    // A device that lost its memory begins anew, and that is seen too.
    diary.reboot("b2");
    diary.prev = Link::NONE;
    let anew = diary.events(1);
    assert_eq!(heard(&diary.tell(&anew).await), (1, 0, 1, 1));
    let log = staff.get(&format!("controllers/{}/events", diary.device.id)).await.expect(200);
    assert_eq!((&log["forks"], &log["resets"], &log["gaps"]), (&json!(2), &json!(1), &json!(0)));
}

#[tokio::test]
async fn two_uploads_at_once_keep_each_event_once() {
    let world = World::with_lab().await;
    let mut diary = Diary::of(world.controller(&world.staff().await, &["scie"]).await, "b1");
    for _ in 0..5 {
        let events = diary.events(4);
        let (one, two) = tokio::join!(diary.tell(&events), diary.tell(&events));
        assert_eq!(one["new"].as_i64().unwrap() + two["new"].as_i64().unwrap(), 4);
        assert_eq!(one["known"].as_i64().unwrap() + two["known"].as_i64().unwrap(), 4);
        assert_eq!((&one["loose"], &two["loose"]), (&json!(0), &json!(0)));
    }
}

#[tokio::test]
async fn an_event_that_cannot_be_kept_is_named_and_the_others_are_taken_without_it() {
    let world = World::with_lab().await;
    let mut diary = Diary::of(world.controller(&world.staff().await, &["scie"]).await, "b1");
    let mut events = diary.events(5);
    let long = format!(r#"{{"text":"{}"}}"#, "x".repeat(4096));
    for (at, data) in [(1, r#"{"card":"04\u0000"}"#.to_owned()), (3, long)] {
        events[at].data = RawValue::from_string(data).unwrap();
        events[at + 1].prev = events[at].hash(&diary.device.id);
        let next = events.get(at + 2).map(|_| events[at + 1].hash(&diary.device.id));
        if let Some(prev) = next {
            events[at + 2].prev = prev;
        }
    }
    let problem = diary.answered(&events).await.problem(422, "invalid_request");
    let fields: Vec<_> = problem["fields"].as_array().unwrap().iter().collect();
    let named: Vec<_> = fields.iter().map(|field| (&field["path"], &field["code"])).collect();
    assert_eq!(
        named,
        [
            (&json!("events[1].data"), &json!("invalid_character")),
            (&json!("events[3].data"), &json!("invalid_value"))
        ]
    );
    let whole: Vec<_> = [0, 2, 4].map(|at| events[at].clone()).into();
    assert_eq!(
        heard(&diary.tell(&whole).await),
        (3, 0, 2, 5),
        "two gaps, and the end is where the device is"
    );
}
