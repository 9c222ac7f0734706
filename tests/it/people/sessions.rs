//! Where one is signed in.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::{World, people::PASSWORD};

async fn sign_in(world: &World, email: &str) -> (String, String) {
    let answer = world.stranger().post("sessions", json!({ "email": email, "password": PASSWORD })).await;
    let place = answer.header("location").to_owned();
    (answer.expect(201)["token"].as_str().unwrap().to_owned(), place)
}

#[tokio::test]
async fn sign_ins_are_listed_and_revoked() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let (token, place) = sign_in(&world, &ada.email).await;
    let list = ada.get("me/sessions").await.expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!(items.iter().filter(|item| item["current"] == true).count(), 1);

    ada.delete(&place).await.expect(204);
    world.bearer(&token).get("me").await.problem(401, "unauthenticated");
    assert_eq!(ada.get("me/sessions").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn somebody_elses_sign_in_is_not_there() {
    let world = World::founded().await;
    let (ada, eve) = (world.member("ada").await, world.member("eve").admin().await);
    let (token, place) = sign_in(&world, &ada.email).await;
    eve.delete(&place).await.problem(404, "not_found");
    world.bearer(&token).get("me").await.expect(200);
}

#[tokio::test]
async fn who_signs_out_is_out() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let (token, _) = sign_in(&world, &ada.email).await;
    world.bearer(&token).delete("sessions/current").await.expect(204);
    world.bearer(&token).delete("sessions/current").await.problem(401, "unauthenticated");
    world.bearer(&ada.token).get("me").await.expect(200);
}

#[tokio::test]
async fn a_sign_in_lives_on_while_it_is_used_and_ends_when_it_is_not() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let (token, _) = sign_in(&world, &ada.email).await;
    for _ in 0..3 {
        world.clock.advance(TimeDelta::days(29));
        world.bearer(&token).get("me").await.expect(200);
    }
    world.clock.advance(TimeDelta::days(30));
    world.bearer(&token).get("me").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn without_a_token_one_is_asked_for() {
    let world = World::founded().await;
    let refused = world.stranger().get("me").await;
    refused.problem(401, "unauthenticated");
    assert!(refused.header("www-authenticate").starts_with("Bearer"));
    world.bearer("made-up").get("me").await.problem(401, "unauthenticated");
}
