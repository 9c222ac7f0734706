//! A controller that tells without end.

use chrono::TimeDelta;
use etabli::access::tell::A_DAY;
use serde_json::json;

use super::telling::Diary;
use crate::world::World;

#[tokio::test]
async fn a_controller_that_never_stops_telling_is_put_off_and_loses_nothing() {
    let world = World::with_lab().await;
    let mut diary = Diary::of(world.controller(&world.staff().await, &["scie"]).await, "b1");
    let mut told = 0;
    while told < A_DAY - 50 {
        let events = diary.events(usize::try_from((A_DAY - 50 - told).min(200)).unwrap());
        told += diary.tell(&events).await["new"].as_i64().unwrap();
    }
    // The first that fit are kept; the rest is told later, and nothing is missing between them.
    let last = diary.events(200);
    let heard = diary.tell(&last).await;
    assert_eq!(
        (&heard["new"], &heard["put_off"], &heard["head"]["seq"]),
        (&json!(50), &json!(150), &json!(A_DAY))
    );
    let later = diary.answered(&last[50..]).await;
    later.problem(429, "too_many_tries");
    let wait: i64 = later.header("retry-after").parse().unwrap();
    assert!((1..=86_401).contains(&wait), "{wait}");
    let again = diary.tell(&last[..50]).await;
    assert_eq!((&again["known"], &again["put_off"]), (&json!(50), &json!(0)), "what is known costs nothing");

    world.clock.advance(TimeDelta::seconds(wait));
    let heard = diary.tell(&last[50..]).await;
    assert_eq!((&heard["new"], &heard["loose"], &heard["put_off"]), (&json!(150), &json!(0), &json!(0)));
    let log =
        world.member("boss").staff().await.get(&format!("controllers/{}/events", diary.device.id)).await;
    let log = log.expect(200);
    assert_eq!((&log["gaps"], &log["forks"], &log["resets"]), (&json!(0), &json!(0), &json!(0)));
}
