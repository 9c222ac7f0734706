//! Two instances over one database.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::{World, bookings::wish};

/// On PostgreSQL, two instances behind one load balancer. On SQLite nobody should run two programs over one file;
/// whoever does it all the same does not book a machine twice either.
#[tokio::test]
async fn twenty_ask_two_instances_for_one_slot_ten_times_and_ten_get_it() {
    let world = World::with_lab().await;
    let twin = world.twin();
    let mut crowd = Vec::new();
    for number in 0..20 {
        crowd.push(world.maker(&format!("maker{number}")).await);
    }
    for round in 0..10 {
        let (day, hour) = (3 + round / 5, 10 + round % 5);
        let period = format!("2026-03-{day:02} {hour:02}:00-{:02}:00", hour + 1);
        let asked = crowd.iter().enumerate().map(|(number, maker)| {
            let (twin, period) = (&twin, &period);
            async move {
                if number % 2 == round % 2 {
                    maker.books("scie", period).await
                } else {
                    twin.post(maker, "reservations", wish("scie", period)).await
                }
            }
        });
        let answers = join_all(asked).await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 1, "round {round}");
        for lost in answers.iter().filter(|answer| answer.status != 201) {
            lost.problem(409, "machine_taken");
        }
    }
    let listed = world.staff().await.get("reservations?state=confirmed&limit=200").await.expect(200);
    assert_eq!(listed["items"].as_array().unwrap().len(), 10);
}

#[tokio::test]
async fn what_one_instance_books_the_other_shows_at_once() {
    let world = World::with_lab().await;
    let twin = world.twin();
    let ada = world.maker("Ada").await;
    let free = async || {
        let path = "machines/scie/calendar?from=2026-03-03&days=1&slots=true";
        let week = world.stranger().get(path).await.expect(200);
        week["days"][0]["free"].as_array().unwrap().len()
    };
    let before = free().await;
    twin.post(&ada, "reservations", wish("scie", "2026-03-03 10:00-11:00")).await.expect(201);
    assert_eq!(free().await, before - 2, "the first instance remembers an old calendar");
}

#[tokio::test]
async fn the_last_seat_is_given_once_whichever_instance_is_asked() {
    let world = World::start();
    let (twin, course) = (world.twin(), world.training("bois").await);
    let mut people = Vec::new();
    for number in 0..20 {
        people.push(world.member(&format!("member{number}")).await);
    }
    for round in 0..5 {
        world.clock.advance(chrono::TimeDelta::days(1));
        let path = format!("training-sessions/{}/enrolments", course.session(1).await);
        let asked = people.iter().enumerate().map(|(number, one)| {
            let (twin, path) = (&twin, &path);
            async move {
                if number % 2 == round % 2 {
                    one.post(path, json!({})).await
                } else {
                    twin.post(one, path, json!({})).await
                }
            }
        });
        let answers = join_all(asked).await;
        let places: Vec<_> = answers.iter().map(|answer| answer.expect(201)).collect();
        assert_eq!(places.iter().filter(|place| place["state"] == "enrolled").count(), 1, "round {round}");
        let mut positions: Vec<i64> = places.iter().filter_map(|place| place["position"].as_i64()).collect();
        positions.sort_unstable();
        assert_eq!(positions, (1..=19).collect::<Vec<i64>>(), "round {round}");
    }
}
