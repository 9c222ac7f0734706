//! Make one, be refused with every reason, read it again.

use serde_json::json;

use crate::world::{
    World,
    bookings::{paris, wish},
    mailbox::property,
};

#[actix_web::test]
async fn a_booking_is_made_and_can_be_read_again() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let answer = ada.books("scie", "2026-03-03 10:00-11:00").await;
    let made = answer.expect(201);
    assert_eq!(made["machine"]["slug"], "scie");
    assert_eq!(made["member"]["display_name"], "Ada");
    assert_eq!(made["starts_at"], "2026-03-03T09:00:00Z");
    assert_eq!(made["ends_at"], "2026-03-03T10:00:00Z");
    assert_eq!(made["state"], "confirmed");
    assert_eq!(made["note"], json!(null));
    let read = ada.get(answer.header("location")).await;
    assert_eq!(read.expect(200), made);
    assert_eq!(read.header("etag"), answer.header("etag"));
    let mine = ada.get("me/reservations").await.expect(200);
    assert_eq!(mine["items"], json!([made]));
    assert_eq!(mine["next"], json!(null));
}

#[actix_web::test]
async fn a_confirmation_with_an_invitation_waits_in_the_outbox() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let mails = world.mails().await;
    let mail =
        mails.iter().find(|mail| mail.subject.contains("Réservation confirmée")).expect("a confirmation");
    assert!(mail.to.contains("ada@example.org"), "{}", mail.to);
    assert!(mail.subject.contains("mardi 3 mars 2026 à 10:00"), "{}", mail.subject);
    let invitation = mail.invitation().expect("an invitation");
    assert_eq!(json!(property(&invitation, "UID")), made["id"]);
    assert_eq!(property(&invitation, "DTSTART"), "20260303T090000Z");
    assert_eq!(property(&invitation, "SEQUENCE"), "0");
}

#[actix_web::test]
async fn every_reason_why_not_comes_at_once_with_what_to_do() {
    let world = World::with_lab().await;
    let (ada, novice) = (world.maker("Ada").await, world.member("Novice").await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let problem = novice.books("scie", "2026-03-03 10:30-11:30").await.problem(409, "machine_taken");
    let codes: Vec<_> =
        problem["refusals"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, [json!("machine_taken"), json!("membership_missing")]);
    assert_eq!(problem["refusals"][0].get("alternatives"), None, "no other time would be theirs either");
    let bob = world.maker("Bob").await;
    let problem = bob.books("scie", "2026-03-03 10:30-11:30").await.problem(409, "machine_taken");
    let taken = &problem["refusals"][0];
    let offers = taken["alternatives"].as_array().unwrap();
    assert_eq!(
        offers[0],
        json!({ "machine": "scie-2", "starts_at": "2026-03-03T09:30:00Z", "ends_at": "2026-03-03T10:30:00Z" })
    );
    assert_eq!(
        offers[1],
        json!({ "machine": "scie", "starts_at": "2026-03-03T10:00:00Z", "ends_at": "2026-03-03T11:00:00Z" })
    );
    assert!(taken["remedy"]["href"].as_str().unwrap().starts_with("/api/v1/machines/scie-2/calendar"));
}

#[actix_web::test]
async fn an_untrained_maker_is_refused_in_their_language() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let french = ada.books("laser", "2026-03-03 10:00-11:00").await.problem(403, "training_missing");
    assert_eq!(french["refusals"][0]["training"], "laser");
    let request = ada.request(reqwest::Method::POST, "reservations").header("Accept-Language", "en");
    let english = crate::world::Answer::to(request.json(&wish("laser", "2026-03-03 10:00-11:00"))).await;
    let english = english.problem(403, "training_missing");
    assert_ne!(french["detail"], english["detail"]);
}

#[actix_web::test]
async fn bookings_that_touch_do_not_clash() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    bob.books("scie", "2026-03-03 11:00-12:00").await.expect(201);
    bob.books("scie", "2026-03-03 09:30-10:30").await.problem(409, "machine_taken");
}

#[actix_web::test]
async fn absurd_periods_are_refused_and_harm_nobody() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let book = |from: &str, to: &str| {
        ada.post("reservations", json!({ "machine": "scie", "starts_at": from, "ends_at": to }))
    };
    book("0000-01-01T00:00:00Z", "0000-01-01T01:00:00Z").await.problem(422, "invalid_request");
    book("9999-01-01T00:00:00Z", "9999-01-01T01:00:00Z").await.problem(422, "invalid_request");
    book("2026-03-03T11:00:00Z", "2026-03-03T10:00:00Z").await.problem(422, "invalid_request");
    book("2026-03-03T10:00:00Z", "2027-04-07T10:00:00Z").await.problem(422, "too_long");
    book("1901-03-03T10:00:00Z", "2990-04-07T10:00:00Z").await.problem(422, "too_long");
    book("2026-03-03T10:10:00Z", "2026-03-03T11:00:00Z").await.problem(422, "period_misaligned");
    book("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z").await.problem(422, "lab_closed");
    book("2026-08-03T08:00:00Z", "2026-08-03T09:00:00Z").await.problem(422, "too_far");
}

#[actix_web::test]
async fn a_saturday_after_the_clocks_change_is_bookable_sixty_calendar_days_ahead() {
    let world = World::with_lab().await;
    world.clock.set("2026-09-01T06:00:00Z".parse().unwrap());
    let ada = world.maker("Ada").await;
    // Saturday 31 October is the sixtieth day; the clocks went back on the 25th.
    ada.books("scie", "2026-10-31 18:00-19:00").await.expect(201);
    ada.books("scie", "2026-11-02 09:00-10:00").await.problem(422, "too_far");
    world.clock.set("2026-09-02T22:00:00Z".parse().unwrap());
    ada.books("scie", "2026-11-02 09:00-10:00").await.expect(201);
}

#[actix_web::test]
async fn a_print_runs_through_the_night_and_holds_no_place_in_the_workshop() {
    let world = World::with_lab().await;
    let ada = world.member("Ada").on_plan("autonome", "2026-01-01").await;
    let night = json!({ "machine": "imprimante", "starts_at": "2026-03-03T17:00:00Z", "ends_at": "2026-03-04T17:00:00Z" });
    ada.post("reservations", night).await.expect(201);
    ada.books("scie", "2026-03-04 10:00-11:00").await.expect(201);
    ada.books("scie-2", "2026-03-04 10:30-11:30").await.problem(409, "member_elsewhere");
}

#[actix_web::test]
async fn a_workshop_holds_no_more_people_than_it_may() {
    let world = World::with_lab().await;
    let (ada, bob, eve) = (world.maker("Ada").await, world.maker("Bob").await, world.maker("Eve").await);
    let staff = world.staff().await;
    let small = json!({ "slug": "scie-3", "workshop": "bois", "name": { "fr": "Scie 3", "en": "Saw 3" } });
    staff.post("machines", small).await.expect(201);
    ada.books("scie", "2026-03-03 10:00-12:00").await.expect(201);
    bob.books("scie-2", "2026-03-03 11:00-12:00").await.expect(201);
    eve.books("scie-3", "2026-03-03 11:30-12:00").await.problem(409, "workshop_full");
    eve.books("scie-3", "2026-03-03 10:00-11:00").await.expect(201);
}

#[actix_web::test]
async fn hours_of_a_week_are_limited_by_the_plan_and_come_back_with_cancelling() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    for day in ["03", "04"] {
        ada.books("scie", &format!("2026-03-{day} 10:00-14:00")).await.expect(201);
    }
    let third = ada.books("scie", "2026-03-05 10:00-12:00").await.expect(201);
    let problem = ada.books("scie", "2026-03-06 10:00-10:30").await.problem(422, "quota_exceeded");
    assert_eq!(problem["refusals"][0]["limit_minutes"], 600);
    ada.books("scie", "2026-03-09 10:00-10:30").await.expect(201);
    let cancel = format!("reservations/{}/cancellation", third["id"].as_str().unwrap());
    ada.post(&cancel, json!({})).await.expect(200);
    ada.books("scie", "2026-03-06 10:00-10:30").await.expect(201);
}

#[actix_web::test]
async fn somebody_elses_reservation_does_not_exist() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    bob.get(&path).await.problem(404, "not_found");
    bob.post(&format!("{path}/cancellation"), json!({})).await.problem(404, "not_found");
    let (starts_at, ends_at) = paris("2026-03-03 12:00-13:00");
    bob.patch(&path, json!({ "starts_at": starts_at, "ends_at": ends_at })).await.problem(404, "not_found");
    let listed = bob.get(&format!("reservations?member={}", ada.id)).await.expect(200);
    assert_eq!(listed["items"], json!([]));
    world.stranger().get(&path).await.problem(401, "unauthenticated");
    world.staff().await.get(&path).await.expect(200);
}

#[actix_web::test]
async fn a_key_of_idempotency_books_once() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let book = |body| {
        let request = ada.request(reqwest::Method::POST, "reservations").header("Idempotency-Key", "k1");
        crate::world::Answer::to(request.json(&body))
    };
    let first = book(wish("scie", "2026-03-03 10:00-11:00")).await.expect(201);
    let again = book(wish("scie", "2026-03-03 10:00-11:00")).await.expect(201);
    assert_eq!(first, again);
    book(wish("scie", "2026-03-03 14:00-15:00")).await.problem(422, "idempotency_key_reused");
    assert_eq!(ada.get("me/reservations").await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_list_does_not_tell_whether_an_address_has_an_account() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let known = ada.get(&format!("reservations?member={}", bob.email)).await.expect(200);
    let unknown = ada.get("reservations?member=nobody@example.org").await.expect(200);
    assert_eq!(known, unknown);
}
