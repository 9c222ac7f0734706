//! Races through HTTP: whatever must never happen does not happen, however many ask at once.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World, bookings::paris, people::Person};

async fn crowd(world: &World, size: usize) -> Vec<Person<'_>> {
    let mut crowd = Vec::new();
    for number in 0..size {
        crowd.push(world.maker(&format!("maker{number}")).await);
    }
    crowd
}

async fn live(world: &World) -> usize {
    let listed = world.staff().await.get("reservations?state=confirmed&limit=200").await.expect(200);
    listed["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn twenty_ask_for_one_slot_ten_times_and_ten_get_it() {
    let world = World::with_lab().await;
    let crowd = crowd(&world, 20).await;
    for round in 0..10 {
        let period =
            format!("2026-03-{:02} {:02}:00-{:02}:00", 3 + round / 5, 10 + round % 5, 11 + round % 5);
        let answers = join_all(crowd.iter().map(|maker| maker.books("scie", &period))).await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 1, "round {round}");
        for lost in answers.iter().filter(|answer| answer.status != 201) {
            lost.problem(409, "machine_taken");
        }
    }
    assert_eq!(live(&world).await, 10);
}

#[actix_web::test]
async fn a_weekly_quota_holds_against_a_member_with_twenty_hands() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let wishes: Vec<String> = (3..=7)
        .flat_map(|day| {
            [9, 11, 13, 15].map(|hour| format!("2026-03-{day:02} {hour:02}:00-{:02}:00", hour + 2))
        })
        .collect();
    let answers = join_all(wishes.iter().map(|period| ada.books("scie", period))).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 5, "ten hours a week in pieces of two");
    for lost in answers.iter().filter(|answer| answer.status != 201) {
        lost.problem(422, "quota_exceeded");
    }
    assert_eq!(live(&world).await, 5);
}

#[actix_web::test]
async fn a_member_with_twenty_hands_stands_in_one_place() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    for round in 0..5 {
        let period = format!("2026-03-03 {:02}:00-{:02}:00", 10 + round, 11 + round);
        let answers = join_all(["scie", "scie-2"].map(|machine| ada.books(machine, &period))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "round {round}");
    }
}

#[actix_web::test]
async fn the_last_place_in_a_workshop_is_taken_once() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    for number in 3..=6 {
        let saw = json!({ "slug": format!("scie-{number}"), "workshop": "bois", "name": { "fr": "Scie", "en": "Saw" } });
        staff.post("machines", saw).await.expect(201);
    }
    let crowd = crowd(&world, 6).await;
    for round in 0..5 {
        let period = format!("2026-03-03 {:02}:00-{:02}:00", 10 + round, 11 + round);
        let machines = ["scie", "scie-2", "scie-3", "scie-4", "scie-5", "scie-6"];
        let asked = crowd.iter().zip(machines).map(|(maker, machine)| maker.books(machine, &period));
        let answers = join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 2, "round {round}");
    }
}

#[actix_web::test]
async fn a_move_and_a_booking_never_both_get_the_slot() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    for round in 0..10 {
        let day = 3 + round / 2;
        let (from, to) =
            if round % 2 == 0 { ("10:00-11:00", "11:30-12:30") } else { ("14:00-15:00", "15:30-16:30") };
        let made = ada.books("scie", &format!("2026-03-{day:02} {from}")).await.expect(201);
        let path = format!("reservations/{}", made["id"].as_str().unwrap());
        let target = format!("2026-03-{day:02} {to}");
        let (starts_at, ends_at) = paris(&target);
        let moving = ada.patch(&path, json!({ "starts_at": starts_at, "ends_at": ends_at }));
        let (moved, booked) = futures_util::future::join(moving, bob.books("scie", &target)).await;
        let won = [moved.status == 200, booked.status == 201];
        assert_eq!(
            won.iter().filter(|won| **won).count(),
            1,
            "round {round}: {} {}",
            moved.text(),
            booked.text()
        );
        let cancel = format!("{path}/cancellation");
        ada.post(&cancel, json!({})).await.expect(200);
    }
}

#[actix_web::test]
async fn two_changes_of_one_version_never_both_pass() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    for round in 0..10 {
        let day = format!("2026-03-{:02}", 3 + round % 5 + 7 * (round / 5));
        let made = ada.books("scie", &format!("{day} 10:00-11:00")).await;
        let path = format!("reservations/{}", made.expect(201)["id"].as_str().unwrap());
        let change = |period: String| {
            let (starts_at, ends_at) = paris(&period);
            let request = ada.request(Method::PATCH, &path).header("If-Match", made.header("etag"));
            Answer::to(request.json(&json!({ "starts_at": starts_at, "ends_at": ends_at })))
        };
        let answers = join_all((12..16).map(|hour| change(format!("{day} {hour}:00-{}:00", hour + 1)))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "round {round}");
        assert_eq!(answers.iter().filter(|answer| answer.status == 412).count(), 3, "round {round}");
    }
}
