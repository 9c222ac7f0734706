//! A session holds the machines it uses, like everything else that holds a machine.

use serde_json::{Value as Json, json};

use crate::world::{Answer, World, bookings::paris};

/// The refusal of this code among those of an answer.
pub fn refusal(answer: &Answer, code: &str) -> Json {
    let told = answer.json();
    let all = told["refusals"].as_array().unwrap_or_else(|| panic!("{told}")).clone();
    all.iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("no {code}: {told}")).clone()
}

fn path(made: &Json) -> String {
    format!("training-sessions/{}", made["id"].as_str().unwrap())
}

#[actix_web::test]
async fn a_machine_on_which_a_training_is_given_cannot_be_booked() {
    let world = World::with_lab().await;
    let course = world.training("laser").await;
    let ada = world.maker("Ada").await;
    world.trained_on(ada.id, "laser").await;
    let made = course.teaches("2026-03-03 13:00-16:00", &["laser"]).await.expect(201);
    assert_eq!(made["machines"], json!([{ "slug": "laser", "name": "laser" }]));
    let booked = ada.books("laser", "2026-03-03 13:30-14:30").await;
    assert_eq!(booked.status, 409, "{}", booked.text());
    let taken = refusal(&booked, "machine_taken");
    assert_eq!(taken["kind"], "training_session");
    assert!(taken["detail"].as_str().unwrap().contains("formation"), "{taken}");
    let cleaning = ada.books("laser", "2026-03-03 16:00-17:00").await;
    assert_eq!(refusal(&cleaning, "machine_taken")["kind"], "training_session", "its clean-up is held too");
    ada.books("laser", "2026-03-03 16:30-17:30").await.expect(201);

    let day = world.stranger().get("machines/laser/calendar?from=2026-03-03&days=1").await.expect(200);
    let busy = &day["days"][0]["busy"][0];
    assert_eq!(
        (&busy["kind"], &busy["starts_at"], &busy["ends_at"]),
        (&json!("training_session"), &json!("2026-03-03T12:00:00Z"), &json!("2026-03-03T15:30:00Z"))
    );
}

#[actix_web::test]
async fn a_session_takes_no_machine_that_is_booked_broken_or_unknown() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let refused = course.teaches("2026-03-03 10:30-12:00", &["scie"]).await;
    let taken = refusal(&refused, "machine_taken");
    assert_eq!((&taken["kind"], &taken["machine"]), (&json!("reservation"), &json!("scie")));
    let state = json!({ "state": "broken", "reason": "Lame cassée." });
    staff.post("machines/scie-2/state", state).await.expect(200);
    let refused = course.teaches("2026-03-03 10:30-12:00", &["scie-2"]).await;
    assert_eq!(refusal(&refused, "machine_out_of_service")["machine"], "scie-2");
    let unknown = course.teaches("2026-03-03 14:00-15:00", &["scie", "perceuse"]).await;
    let unknown = unknown.problem(422, "invalid_request");
    assert_eq!(unknown["fields"][0]["code"], "unknown_machine");
    assert_eq!(unknown["fields"][0]["path"], "machines[1]");
    course.teaches("2026-03-03 11:00-12:00", &["scie"]).await.expect(201);
}

#[actix_web::test]
async fn a_class_fills_its_workshop() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let ada = world.maker("Ada").await;
    // Two people at once: who teaches and who learns.
    course.teaches("2026-03-03 10:00-12:00", &["scie"]).await.expect(201);
    let full = ada.books("scie-2", "2026-03-03 10:00-11:00").await;
    refusal(&full, "workshop_full");
    ada.books("scie-2", "2026-03-03 12:00-13:00").await.expect(201);
    let (starts_at, ends_at) = paris("2026-03-03 14:00-15:00");
    let body = json!({ "training": "bois", "seats": 2, "machines": ["scie"], "starts_at": starts_at, "ends_at": ends_at });
    let crowded = course.trainer.post("training-sessions", body).await;
    assert_eq!(refusal(&crowded, "workshop_full")["capacity"], 2);
}

#[actix_web::test]
async fn a_session_moves_its_holds_along_and_gives_them_up_when_called_off() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let ada = world.maker("Ada").await;
    let made = course.teaches("2026-03-03 10:00-12:00", &["scie"]).await.expect(201);
    let (starts_at, _) = paris("2026-03-03 14:00-16:00");
    let moved = course.trainer.patch(&path(&made), json!({ "starts_at": starts_at })).await.expect(200);
    assert_eq!(moved["ends_at"], "2026-03-03T15:00:00Z", "it keeps its length");
    ada.books("scie", "2026-03-03 10:00-12:00").await.expect(201);
    let meets = ada.books("scie", "2026-03-03 15:00-16:00").await;
    refusal(&meets, "machine_taken");

    let other = course.trainer.patch(&path(&made), json!({ "machines": ["scie-2"] })).await.expect(200);
    assert_eq!(other["machines"], json!([{ "slug": "scie-2", "name": "scie-2" }]));
    let meets = ada.books("scie-2", "2026-03-03 14:00-15:00").await;
    refusal(&meets, "machine_taken");
    let cancel = format!("{}/cancellation", path(&made));
    course.trainer.post(&cancel, json!({ "reason": "Grippe." })).await.expect(200);
    ada.books("scie-2", "2026-03-03 14:00-15:00").await.expect(201);
}

#[actix_web::test]
async fn a_session_outside_the_hours_is_for_staff_to_allow_with_a_reason() {
    let world = World::with_lab().await;
    let course = world.training("bois").await;
    let staff = world.staff().await;
    let night = course.teaches("2026-03-03 03:00-05:00", &[]).await;
    assert_eq!(night.status, 422, "{}", night.text());
    refusal(&night, "lab_closed");
    // Easter Monday.
    let holiday = course.teaches("2026-04-06 10:00-12:00", &["scie"]).await;
    refusal(&holiday, "lab_closed");

    let (starts_at, ends_at) = paris("2026-03-03 03:00-05:00");
    let excepted = |gate: &str| {
        json!({ "training": "bois", "seats": 1, "trainer": course.trainer.email,
        "starts_at": starts_at, "ends_at": ends_at,
        "override": { "gates": [gate], "reason": "Nuit des fablabs." } })
    };
    course.trainer.post("training-sessions", excepted("lab_closed")).await.problem(403, "forbidden");
    staff.post("training-sessions", excepted("machine_taken")).await.problem(403, "override_not_allowed");
    let made = staff.post("training-sessions", excepted("lab_closed")).await.expect(201);
    let journal = world.journal_of(made["id"].as_str().unwrap()).await;
    assert_eq!(journal[0].1.as_deref(), Some("Nuit des fablabs."));
    let ada = world.member("ada").await;
    ada.post(&format!("{}/enrolments", path(&made)), json!({})).await.expect(201);
    // What was let pass was let pass for that night.
    let (starts_at, _) = paris("2026-03-04 03:00-05:00");
    let moved = staff.patch(&path(&made), json!({ "starts_at": starts_at })).await;
    refusal(&moved, "lab_closed");
}
