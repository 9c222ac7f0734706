//! Move one: all gates again, the old period free in the same instant.

use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World, bookings::paris, mailbox::property};

fn to(period: &str) -> Json {
    let (starts_at, ends_at) = paris(period);
    json!({ "starts_at": starts_at, "ends_at": ends_at })
}

#[actix_web::test]
async fn a_move_may_overlap_its_own_old_period_and_frees_it() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    let moved = ada.patch(&path, to("2026-03-03 10:30-11:30")).await.expect(200);
    assert_eq!((&moved["starts_at"], &moved["sequence"]), (&json!("2026-03-03T09:30:00Z"), &json!(1)));
    bob.books("scie", "2026-03-03 10:00-10:30").await.expect(201);
    bob.books("scie", "2026-03-03 11:00-11:30").await.problem(409, "machine_taken");
    let mails = world.mails().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("Réservation déplacée")).expect("a letter");
    let invitation = mail.invitation().expect("an invitation");
    assert_eq!(property(&invitation, "SEQUENCE"), "1");
    assert_eq!(json!(property(&invitation, "UID")), made["id"]);
}

#[actix_web::test]
async fn a_refused_move_leaves_everything_as_it_was() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    bob.books("scie", "2026-03-03 12:00-13:00").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    let problem = ada.patch(&path, to("2026-03-03 12:30-13:30")).await.problem(409, "machine_taken");
    assert!(problem["refusals"][0]["alternatives"].as_array().is_some_and(|offers| !offers.is_empty()));
    assert_eq!(ada.get(&path).await.expect(200), made);
    bob.books("scie", "2026-03-03 10:30-11:30").await.problem(409, "machine_taken");
}

#[actix_web::test]
async fn an_old_version_is_not_moved() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let answer = ada.books("scie", "2026-03-03 10:00-11:00").await;
    let path = format!("reservations/{}", answer.expect(201)["id"].as_str().unwrap());
    let old = answer.header("etag").to_owned();
    let change = |tag: &str, period: &str| {
        Answer::to(ada.request(Method::PATCH, &path).header("If-Match", tag).json(&to(period)))
    };
    change(&old, "2026-03-03 11:00-12:00").await.expect(200);
    change(&old, "2026-03-03 12:00-13:00").await.problem(412, "precondition_failed");
    ada.patch(&path, json!({})).await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn a_running_use_may_be_made_longer_where_nobody_is_next() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    bob.books("scie", "2026-03-02 11:00-12:00").await.expect(201);
    world.clock.set("2026-03-02T08:30:00Z".parse().unwrap());
    ada.patch(&path, json!({ "ends_at": "2026-03-02T10:00:00Z" })).await.expect(200);
    ada.patch(&path, json!({ "ends_at": "2026-03-02T10:30:00Z" })).await.problem(409, "machine_taken");
    world.clock.set("2026-03-02T10:00:00Z".parse().unwrap());
    ada.patch(&path, json!({ "ends_at": "2026-03-02T10:30:00Z" })).await.problem(409, "reservation_over");
}

#[actix_web::test]
async fn to_move_away_is_to_give_the_place_up_and_asks_the_same_notice() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let made = ada.books("scie", "2026-03-02 10:30-11:30").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    ada.patch(&path, to("2026-03-09 10:30-11:30")).await.problem(409, "too_late_to_cancel");
    let mut change = to("2026-03-09 10:30-11:30");
    change["reason"] = json!("lame en panne");
    staff.patch(&path, change).await.expect(200);
    let mails = world.mails().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("Réservation déplacée")).expect("a letter");
    assert!(mail.text.contains("équipe") && mail.text.contains("lame en panne"), "{}", mail.text);
}

#[actix_web::test]
async fn what_staff_let_pass_is_not_the_members_to_use_elsewhere() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let (starts_at, ends_at) = paris("2026-03-08 10:00-11:00");
    let exception = json!({ "gates": ["lab_closed"], "reason": "portes ouvertes" });
    let body = json!({ "machine": "scie", "starts_at": starts_at, "ends_at": ends_at, "member": ada.id, "override": exception });
    let made = staff.post("reservations", body).await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    let sunday = to("2026-03-15 10:00-11:00");
    ada.patch(&path, sunday.clone()).await.problem(422, "lab_closed");
    staff.patch(&path, sunday.clone()).await.problem(422, "lab_closed");
    let mut again = sunday;
    again["override"] = json!({ "gates": ["lab_closed"], "reason": "deuxième journée" });
    ada.patch(&path, again.clone()).await.problem(403, "forbidden");
    let moved = staff.patch(&path, again).await.expect(200);
    assert_eq!(moved["overrides"], json!(["lab_closed"]));
    let journal = world.admin().await.get(&format!("journal?subject={}", made["id"].as_str().unwrap())).await;
    let written = &journal.expect(200)["items"][0];
    assert_eq!(
        (&written["reason"], &written["details"]["overrides"]),
        (&json!("deuxième journée"), &json!(["lab_closed"]))
    );
    let weekday = ada.patch(&path, to("2026-03-17 10:00-11:00")).await.expect(200);
    assert_eq!(weekday["overrides"], json!([]), "nothing is let pass that nobody asked for");
}
