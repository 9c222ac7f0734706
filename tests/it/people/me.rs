//! One's own account.

use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World, people::PASSWORD};

const OTHER: &str = "trois copeaux de hêtre";

#[tokio::test]
async fn members_change_what_they_tell_about_themselves() {
    let world = World::founded().await;
    let ada = world.member("ada").without_charter().await;
    let changes = json!({ "display_name": " Ada L. ", "locale": "en", "commune": "Noyon", "audience": "student",
                          "accepts_charter": 1 });
    let me = ada.patch("me", changes).await.expect(200);
    assert_eq!(me["display_name"], "Ada L.");
    assert_eq!((&me["locale"], &me["commune"]), (&json!("en"), &json!("Noyon")));
    assert_eq!((&me["audience"], &me["charter_version"]), (&json!("student"), &json!(1)));
    let me = ada.patch("me", json!({ "commune": "" })).await.expect(200);
    assert_eq!((&me["commune"], &me["audience"]), (&json!(null), &json!("student")));
}

#[tokio::test]
async fn members_do_not_grow_older_by_a_click() {
    let world = World::founded().await;
    let kid = world.member("kid").born("2011-03-02").await;
    let problem =
        kid.patch("me", json!({ "birth_date": "2001-03-02" })).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "birth_date_fixed");
    // Saying what is known already is no change.
    kid.patch("me", json!({ "birth_date": "2011-03-02" })).await.expect(200);
}

#[tokio::test]
async fn nobody_gives_themselves_roles() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    ada.patch("me", json!({ "roles": ["admin"] })).await.problem(422, "unknown_field");
}

#[tokio::test]
async fn a_stale_version_changes_nothing() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let first = ada.get("me").await;
    let tag = first.header("etag").to_owned();
    let again = Answer::to(ada.request(Method::GET, "me").header("If-None-Match", &tag)).await;
    assert_eq!(again.status, 304);
    let change = |name: &'static str| {
        Answer::to(
            ada.request(Method::PATCH, "me").header("If-Match", &tag).json(&json!({ "display_name": name })),
        )
    };
    change("Ada 1").await.expect(200);
    change("Ada 2").await.problem(412, "precondition_failed");
    assert_eq!(ada.get("me").await.expect(200)["display_name"], "Ada 1");
}

#[tokio::test]
async fn a_new_password_asks_for_the_old_one_and_ends_the_other_sign_ins() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let other = world.stranger().post("sessions", json!({ "email": ada.email, "password": PASSWORD })).await;
    let other = other.expect(201)["token"].as_str().unwrap().to_owned();

    let problem = ada.patch("me", json!({ "password": OTHER })).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["path"], "current_password");
    let wrong = json!({ "password": OTHER, "current_password": "faux" });
    let problem = ada.patch("me", wrong.clone()).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "wrong_password");
    let right = json!({ "password": OTHER, "current_password": PASSWORD });
    ada.patch("me", right).await.expect(200);

    ada.get("me").await.expect(200);
    world.bearer(&other).get("me").await.problem(401, "unauthenticated");
    world.stranger().post("sessions", json!({ "email": ada.email, "password": OTHER })).await.expect(201);
    assert_eq!(world.letters_to(&ada.email).await.last().unwrap().0, "password_changed");

    for _ in 0..5 {
        ada.patch("me", wrong.clone()).await.problem(422, "invalid_request");
    }
    ada.patch("me", wrong).await.problem(429, "too_many_tries");
}

#[tokio::test]
async fn memberships_are_shown_the_newest_first() {
    let world = World::founded().await;
    let ada = world.member("ada").on_plan("maker", "2025-03-03").on_plan("autonome", "2026-03-03").await;
    let held = ada.get("me/memberships").await.expect(200);
    assert_eq!(held["items"][0]["plan"]["slug"], "autonome");
    assert_eq!(held["items"][0]["ends_on"], "2027-03-02");
    assert_eq!(held["items"][1]["ends_on"], "2026-03-02");
}

#[tokio::test]
async fn what_was_told_freely_can_be_taken_back() {
    let world = World::founded().await;
    let (ada, staff) = (world.member("ada").await, world.member("staff").staff().await);
    let told = json!({ "commune": " Noyon ", "audience": "student" });
    let place = format!("members/{}", ada.id);
    for (who, path) in [(&ada, "me"), (&staff, place.as_str())] {
        let member = who.patch(path, told.clone()).await.expect(200);
        assert_eq!((&member["commune"], &member["audience"]), (&json!("Noyon"), &json!("student")));
        let member = who.patch(path, json!({ "locale": "en" })).await.expect(200);
        assert_eq!((&member["commune"], &member["audience"]), (&json!("Noyon"), &json!("student")));
        let member = who.patch(path, json!({ "commune": null, "audience": null })).await.expect(200);
        assert_eq!((&member["commune"], &member["audience"]), (&json!(null), &json!(null)));
        who.patch(path, told.clone()).await.expect(200);
        assert_eq!(who.patch(path, json!({ "commune": " " })).await.expect(200)["commune"], json!(null));
    }
}
