//! Browsers: a cookie no script can read, and a token that only our own pages can.

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::world::{Answer, World, bookings::wish, people::PASSWORD};

struct Browser<'w> {
    world: &'w World,
    cookie: String,
    csrf: String,
}

impl<'w> Browser<'w> {
    async fn signed_in(world: &'w World, email: &str) -> Self {
        let form = json!({ "email": email, "password": PASSWORD, "cookie": true });
        let answer = world.stranger().post("sessions", form).await;
        let set = answer.header("set-cookie").to_owned();
        for part in ["etabli_session=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"] {
            assert!(set.contains(part), "{part} in {set}");
        }
        let body = answer.expect(201);
        assert_eq!(body["token"], json!(null), "the token is in the cookie and nowhere else");
        let cookie = set.split(';').next().unwrap().to_owned();
        Self { world, cookie, csrf: body["csrf_token"].as_str().unwrap().to_owned() }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.world.stranger().request(method, path).header("Cookie", &self.cookie)
    }
}

#[tokio::test]
async fn a_cookie_reads_and_with_the_token_it_changes() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let browser = Browser::signed_in(&world, &ada.email).await;
    Answer::to(browser.request(Method::GET, "me")).await.expect(200);

    let change = || browser.request(Method::PATCH, "me").json(&json!({ "commune": "Noyon" }));
    Answer::to(change()).await.problem(403, "csrf_token_missing");
    Answer::to(change().header("X-CSRF-Token", "made up")).await.problem(403, "csrf_token_missing");
    Answer::to(change().header("X-CSRF-Token", &browser.csrf)).await.expect(200);
}

#[tokio::test]
async fn the_token_of_one_browser_is_worth_nothing_in_another() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let (one, other) =
        (Browser::signed_in(&world, &ada.email).await, Browser::signed_in(&world, &ada.email).await);
    let change = one.request(Method::PATCH, "me").json(&json!({})).header("X-CSRF-Token", &other.csrf);
    Answer::to(change).await.problem(403, "csrf_token_missing");
}

#[tokio::test]
async fn signing_out_takes_the_cookie_away() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let browser = Browser::signed_in(&world, &ada.email).await;
    let out = browser.request(Method::DELETE, "sessions/current").header("X-CSRF-Token", &browser.csrf);
    let out = Answer::to(out).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{}", out.header("set-cookie"));
    Answer::to(browser.request(Method::GET, "me")).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_wrong_header_is_not_made_up_for_by_a_cookie() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let browser = Browser::signed_in(&world, &ada.email).await;
    let both = browser.request(Method::GET, "me").bearer_auth("made-up");
    Answer::to(both).await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_forgotten_token_does_not_spoil_the_key() {
    let world = World::founded().await;
    let (staff, ada) = (world.member("staff").staff().await, world.member("ada").await);
    let browser = Browser::signed_in(&world, &staff.email).await;
    let suspend = || {
        let request = browser.request(Method::POST, &format!("members/{}/suspension", ada.id));
        request.header("Idempotency-Key", "one").json(&json!({ "reason": "essai" }))
    };
    Answer::to(suspend()).await.problem(403, "csrf_token_missing");
    Answer::to(suspend().header("X-CSRF-Token", &browser.csrf)).await.expect(200);
}

#[tokio::test]
async fn a_token_that_has_ended_does_not_spoil_the_key() {
    let world = World::founded().await;
    let key = |token: &str| {
        let request = world.bearer(token).request(Method::POST, "reservations");
        Answer::to(request.header("Idempotency-Key", "one").json(&wish("scie", "2026-03-03 10:00-11:00")))
    };
    for _ in 0..2 {
        let answer = key("made up").await;
        answer.problem(401, "unauthenticated");
        assert_eq!(answer.header("idempotency-replayed"), "");
    }
}
