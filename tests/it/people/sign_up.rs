//! From a form to a first sign-in.

use chrono::TimeDelta;
use serde_json::{Value as Json, json};

use crate::world::{World, people::PASSWORD};

fn form(email: &str) -> Json {
    json!({ "email": email, "password": PASSWORD, "display_name": "Ada Lovelace", "locale": "en",
            "birth_date": "1990-12-10", "commune": "Noyon", "audience": "artisan", "accepts_charter": true })
}

#[tokio::test]
async fn a_newcomer_confirms_the_address_and_signs_in() {
    let world = World::founded().await;
    let stranger = world.stranger();
    stranger.post("members", form("Ada@Example.org")).await.expect(202);
    let token = world.token_for("ada@example.org", "confirm_email").await;

    let signed_in = stranger
        .post("sessions", json!({ "email": "ada@example.org", "password": PASSWORD }))
        .await
        .expect(201);
    assert_eq!(signed_in["member"]["email_confirmed"], false);

    stranger.post("members/confirmations", json!({ "token": token })).await.expect(204);
    let me = world.bearer(signed_in["token"].as_str().unwrap()).get("me").await.expect(200);
    assert_eq!(me["email_confirmed"], true);
    assert_eq!(me["display_name"], "Ada Lovelace");
    assert_eq!(me["birth_date"], "1990-12-10");
    assert_eq!(me["audience"], "artisan");
    assert_eq!(me["charter_version"], 1);
    assert_eq!(me["roles"], json!([]));
}

#[tokio::test]
async fn an_address_cannot_be_probed() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let known = world.stranger().post("members", form(&ada.email)).await;
    let unknown = world.stranger().post("members", form("grace@example.org")).await;
    assert_eq!((known.status, known.text()), (unknown.status, unknown.text()));
    let names = |answer: &crate::world::Answer| {
        let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        names.sort();
        names
    };
    assert_eq!(names(&known), names(&unknown));

    let kinds = |letters: Vec<(String, Json)>| letters.into_iter().map(|(kind, _)| kind).collect::<Vec<_>>();
    assert_eq!(kinds(world.letters_to(&ada.email).await), ["already_member"]);
    assert_eq!(kinds(world.letters_to("grace@example.org").await), ["confirm_email"]);
    // The account that was there has changed in nothing: its own password still opens it.
    assert_eq!(ada.get("me").await.expect(200)["display_name"], "ada");
}

#[tokio::test]
async fn a_link_works_once_and_for_two_days() {
    let world = World::founded().await;
    let stranger = world.stranger();
    stranger.post("members", form("ada@example.org")).await.expect(202);
    let token = json!({ "token": world.token_for("ada@example.org", "confirm_email").await });
    stranger.post("members/confirmations", token.clone()).await.expect(204);
    stranger.post("members/confirmations", token).await.problem(422, "token_invalid");

    stranger.post("members", form("grace@example.org")).await.expect(202);
    let late = world.token_for("grace@example.org", "confirm_email").await;
    world.clock.advance(TimeDelta::hours(48));
    stranger.post("members/confirmations", json!({ "token": late })).await.problem(422, "token_invalid");
    stranger.post("members/confirmations", json!({ "token": "made up" })).await.problem(422, "token_invalid");
}

#[tokio::test]
async fn a_link_to_confirm_does_not_choose_passwords() {
    let world = World::founded().await;
    world.stranger().post("members", form("ada@example.org")).await.expect(202);
    let token = world.token_for("ada@example.org", "confirm_email").await;
    let chosen = json!({ "password": "trois copeaux de hêtre" });
    world.stranger().post(&format!("password-resets/{token}"), chosen).await.problem(422, "token_invalid");
}

#[tokio::test]
async fn two_who_sign_up_at_once_with_one_address_become_one_member() {
    let world = World::founded().await;
    let stranger = world.stranger();
    let answers =
        futures_util::future::join_all((0..8).map(|_| stranger.post("members", form("ada@example.org"))))
            .await;
    assert!(answers.iter().all(|answer| answer.status == 202));
    let admin = world.member("root").admin().await;
    let found = admin.get("members?q=ada@").await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_mailbox_is_not_flooded() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    for _ in 0..6 {
        world.stranger().post("members", form(&ada.email)).await.expect(202);
    }
    assert_eq!(world.letters_to(&ada.email).await.len(), 3);
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_each_field() {
    let world = World::founded().await;
    let mut wrong = form("ada@example.org");
    wrong["birth_date"] = json!("2027-01-01");
    wrong["accepts_charter"] = json!(7);
    wrong["password"] = json!("trop court");
    let problem = world.stranger().post("members", wrong).await.problem(422, "invalid_request");
    let codes: Vec<_> = problem["fields"].as_array().unwrap().iter().map(|field| &field["code"]).collect();
    assert_eq!(codes, ["birth_date_implausible", "charter_not_in_force", "password_too_short"]);
    assert!(world.letters_to("ada@example.org").await.is_empty());
}

#[tokio::test]
async fn an_address_that_grows_in_lower_case_does_not_break_the_lists_it_stands_in() {
    let world = World::founded().await;
    let strange = format!("{}@example.org", "Ⱥ".repeat(32));
    world.stranger().post("members", form(&strange)).await.problem(422, "invalid_request");
    world.stranger().post("members", form(&format!("{}@example.org", "Ⱥ".repeat(21)))).await.expect(202);
    let admin = world.member("root").admin().await;
    assert_eq!(admin.get("members").await.expect(200)["items"].as_array().unwrap().len(), 2);
    admin.get("letters").await.expect(200);
}
