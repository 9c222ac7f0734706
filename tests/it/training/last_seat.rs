//! Seats are never oversold.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::World;

const CLIENTS: usize = 20;
const ROUNDS: usize = 10;

#[actix_web::test]
async fn twenty_clients_and_one_seat_left_make_one_learner_and_a_list_in_order() {
    let world = World::start();
    let course = world.training("bois").await;
    let mut people = Vec::new();
    for number in 0..CLIENTS {
        people.push(world.member(&format!("member{number}")).await);
    }
    let early = world.member("early").await;
    for round in 0..ROUNDS {
        world.clock.advance(chrono::TimeDelta::days(1));
        let id = course.session(2).await;
        let path = format!("training-sessions/{id}/enrolments");
        early.post(&path, json!({})).await.expect(201);
        let answers = join_all(people.iter().map(|one| one.post(&path, json!({})))).await;
        let places: Vec<_> = answers.iter().map(|answer| answer.expect(201)).collect();
        let seated = places.iter().filter(|place| place["state"] == "enrolled").count();
        assert_eq!(seated, 1, "round {round}");
        let mut positions: Vec<i64> = places.iter().filter_map(|place| place["position"].as_i64()).collect();
        positions.sort_unstable();
        assert_eq!(positions, (1..=19).collect::<Vec<i64>>(), "round {round}");

        let session = course.trainer.get(&format!("training-sessions/{id}")).await.expect(200);
        assert_eq!((&session["seats_left"], &session["waiting"]), (&json!(0), &json!(19)));
        let listed: Vec<_> =
            session["roster"].as_array().unwrap().iter().filter(|one| one["state"] == "waiting").collect();
        for (position, one) in (1i64..).zip(listed) {
            let place = places.iter().find(|place| place["member"] == one["member"]["id"]).unwrap();
            assert_eq!(place["position"], position, "everybody was told the place they have");
        }
    }
}

#[actix_web::test]
async fn leaving_and_joining_at_once_never_oversell_nor_lose_a_seat() {
    let world = World::start();
    let course = world.training("bois").await;
    let id = course.session(5).await;
    let path = format!("training-sessions/{id}/enrolments");
    let mut people = Vec::new();
    for number in 0..CLIENTS {
        people.push(world.member(&format!("member{number}")).await);
    }
    join_all(people[..10].iter().map(|one| one.post(&path, json!({})))).await;
    let mine = format!("{path}/me");
    let leave = join_all(people[..8].iter().map(|one| one.delete(&mine)));
    let join = join_all(people[10..].iter().map(|one| one.post(&path, json!({}))));
    let (left, joined) = futures_util::future::join(leave, join).await;
    assert!(left.iter().all(|answer| answer.status == 204));
    assert!(joined.iter().all(|answer| answer.status == 201));
    let session = course.trainer.get(&format!("training-sessions/{id}")).await.expect(200);
    let states = |state: &str| {
        session["roster"].as_array().unwrap().iter().filter(|one| one["state"] == state).count()
    };
    assert_eq!((states("enrolled"), states("waiting")), (5, 7));
    assert_eq!((&session["seats_left"], &session["waiting"]), (&json!(0), &json!(7)));
}
