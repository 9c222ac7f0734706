//! What losing a certification hurts, from the machine that asks for it to the reservation that leans on it.

use serde_json::json;

use crate::world::{World, people::Person};

/// A saw that asks for the training `bois`, in a lab open from eight to eight.
async fn saw(world: &World, staff: &Person<'_>) {
    let spans: Vec<_> = (1..=7)
        .map(|day| json!({ "weekday": day, "opens": "08:00", "closes": "20:00", "staffed": true }))
        .collect();
    staff.put("lab/opening-hours", json!({ "spans": spans })).await.expect(200);
    let name = |name: &str| json!({ "fr": name, "en": name });
    let workshop = json!({ "slug": "atelier", "name": name("Bois"), "area_m2": 130, "capacity": 9 });
    staff.post("workshops", workshop).await.expect(201);
    let machine =
        json!({ "slug": "scie", "name": name("Scie"), "workshop": "atelier", "trainings": ["bois"] });
    staff.post("machines", machine).await.expect(201);
    let seen = world.stranger().get("trainings/bois").await.expect(200);
    assert_eq!(seen["machines"], json!([{ "slug": "scie", "name": "Scie" }]));
}

#[actix_web::test]
async fn withdrawing_a_certification_lists_the_reservations_that_lean_on_it() {
    let world = World::founded().await;
    let course = world.training("bois").await;
    let staff = world.member("staff").staff().await;
    saw(&world, &staff).await;
    let ada = world.member("ada").on_plan("maker", "2026-01-01").await;
    let session = course.session(4).await;
    let book = |hour: i32| {
        let at = |hour: i32| format!("2026-03-04T{hour:02}:00:00Z");
        json!({ "machine": "scie", "starts_at": at(hour), "ends_at": at(hour + 1) })
    };
    let refused = ada.post("reservations", book(9)).await.problem(403, "training_missing");
    let way = &refused["refusals"][0]["remedy"]["href"];
    assert_eq!(*way, format!("/api/v1/training-sessions/{session}"), "{refused}");

    world.trained_on(ada.id, "bois").await;
    let booked = ada.post("reservations", book(9)).await.expect(201)["id"].clone();
    let id = ada.get("me/certifications").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
    let suspension = format!("certifications/{id}/suspension");
    let done = course.trainer.post(&suspension, json!({ "reason": "À revoir." })).await.expect(200);
    let hurt: Vec<_> = done["affected"].as_array().unwrap().iter().map(|one| &one["reservation"]).collect();
    assert_eq!(hurt, [&booked], "{done}");
    ada.post("reservations", book(14)).await.problem(403, "training_suspended");

    course.trainer.delete(&suspension).await.expect(200);
    ada.post("reservations", book(14)).await.expect(201);
    let revocation = format!("certifications/{id}/revocation");
    let done = course.trainer.post(&revocation, json!({ "reason": "Danger." })).await.expect(200);
    assert_eq!(done["affected"].as_array().unwrap().len(), 2, "{done}");
    ada.post("reservations", book(16)).await.problem(403, "training_missing");
}
