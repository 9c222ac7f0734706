//! A forgotten password.

use serde_json::json;

use crate::world::{World, people::PASSWORD};

const OTHER: &str = "trois copeaux de hêtre";

#[tokio::test]
async fn a_reset_gives_a_new_password_and_ends_every_sign_in() {
    let world = World::founded().await;
    let ada = world.member("ada").unconfirmed().await;
    let stranger = world.stranger();
    stranger.post("password-resets", json!({ "email": ada.email })).await.expect(202);
    let link = format!("password-resets/{}", world.token_for(&ada.email, "reset_password").await);

    // A password that is not good enough does not use the link up.
    stranger.post(&link, json!({ "password": "court" })).await.problem(422, "invalid_request");
    stranger.post(&link, json!({ "password": OTHER })).await.expect(204);
    stranger.post(&link, json!({ "password": OTHER })).await.problem(422, "token_invalid");

    ada.get("me").await.problem(401, "unauthenticated");
    let sign_in =
        |password| stranger.post("sessions", json!({ "email": "ada@example.org", "password": password }));
    sign_in(PASSWORD).await.problem(401, "wrong_credentials");
    let signed_in = sign_in(OTHER).await.expect(201);
    assert_eq!(signed_in["member"]["email_confirmed"], true, "who reads the mailbox owns it");
    assert_eq!(world.letters_to(&ada.email).await.last().unwrap().0, "password_changed");
}

#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let known = world.stranger().post("password-resets", json!({ "email": ada.email })).await;
    let unknown = world.stranger().post("password-resets", json!({ "email": "nobody@example.org" })).await;
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
    assert!(world.letters_to("nobody@example.org").await.is_empty());
}

#[tokio::test]
async fn one_link_that_is_used_takes_the_others_with_it() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let stranger = world.stranger();
    stranger.post("password-resets", json!({ "email": ada.email })).await.expect(202);
    let first = world.token_for(&ada.email, "reset_password").await;
    stranger.post("password-resets", json!({ "email": ada.email })).await.expect(202);
    let second = world.token_for(&ada.email, "reset_password").await;
    assert_ne!(first, second);
    stranger.post(&format!("password-resets/{second}"), json!({ "password": OTHER })).await.expect(204);
    let late = stranger.post(&format!("password-resets/{first}"), json!({ "password": PASSWORD })).await;
    late.problem(422, "token_invalid");
}

#[tokio::test]
async fn a_reset_ends_the_waiting_after_failures() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let stranger = world.stranger();
    for _ in 0..6 {
        stranger.post("sessions", json!({ "email": ada.email, "password": "faux" })).await;
    }
    stranger.post("password-resets", json!({ "email": ada.email })).await.expect(202);
    let token = world.token_for(&ada.email, "reset_password").await;
    stranger.post(&format!("password-resets/{token}"), json!({ "password": OTHER })).await.expect(204);
    stranger.post("sessions", json!({ "email": ada.email, "password": OTHER })).await.expect(201);
}
