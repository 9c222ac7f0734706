//! What staff may: book for others, and let some gates pass with a reason.

use serde_json::{Value as Json, json};

use crate::world::{World, bookings::wish};

fn with(mut body: Json, extra: &Json) -> Json {
    let (Some(body_map), Some(extra)) = (body.as_object_mut(), extra.as_object()) else { unreachable!() };
    body_map.extend(extra.clone());
    body
}

#[actix_web::test]
async fn staff_book_for_a_member_who_gets_the_letter() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let body = with(wish("scie", "2026-03-03 10:00-11:00"), &json!({ "member": ada.email }));
    let made = staff.post("reservations", body.clone()).await.expect(201);
    assert_eq!(made["member"]["id"], json!(ada.id));
    assert_eq!(made["created_by"], json!(staff.id));
    assert_eq!(ada.get("me/reservations").await.expect(200)["items"].as_array().unwrap().len(), 1);
    let bob = world.maker("Bob").await;
    bob.post("reservations", body).await.problem(403, "forbidden");
    let nobody = with(wish("scie", "2026-03-03 12:00-13:00"), &json!({ "member": "nobody@example.org" }));
    let problem = staff.post("reservations", nobody).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["path"], "member");
}

#[actix_web::test]
async fn staff_let_some_gates_pass_with_a_reason_for_the_journal() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let sunday = wish("scie", "2026-03-08 10:00-11:00");
    let exception = json!({ "member": ada.id, "override": { "gates": ["lab_closed"], "reason": "journée portes ouvertes" } });
    let made = staff.post("reservations", with(sunday.clone(), &exception)).await.expect(201);
    assert_eq!(made["overrides"], json!(["lab_closed"]));
    let journal = world.admin().await.get(&format!("journal?subject={}", made["id"].as_str().unwrap())).await;
    assert_eq!(journal.expect(200)["items"][0]["reason"], "journée portes ouvertes");
    let mute = json!({ "member": ada.id, "override": { "gates": ["lab_closed"], "reason": "  " } });
    let problem =
        staff.post("reservations", with(sunday.clone(), &mute)).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["path"], "override.reason");
    let own = json!({ "override": { "gates": ["lab_closed"], "reason": "moi" } });
    ada.post("reservations", with(sunday, &own)).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn nobody_lets_a_missing_training_pass() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let exception =
        json!({ "member": ada.id, "override": { "gates": ["training_missing"], "reason": "il sait" } });
    let body = with(wish("laser", "2026-03-03 10:00-11:00"), &exception);
    staff.post("reservations", body).await.problem(403, "override_not_allowed");
}

#[actix_web::test]
async fn what_breaks_a_machine_names_the_reservations_it_hurts() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    ada.books("scie-2", "2026-03-03 12:00-13:00").await.expect(201);
    let said = json!({ "state": "broken", "reason": "lame fendue", "until": "2026-03-03T09:30:00Z" });
    let hurt = staff.post("machines/scie/state", said).await.expect(200);
    assert_eq!(hurt["machine"]["state"], "broken");
    let affected = hurt["affected"].as_array().unwrap();
    assert_eq!(affected.len(), 1);
    assert_eq!(affected[0]["reservation"], made["id"]);
    let bob = world.maker("Bob").await;
    bob.books("scie", "2026-03-02 15:00-16:00").await.problem(409, "machine_out_of_service");
    bob.books("scie", "2026-03-03 12:00-13:00").await.expect(201);
    staff
        .post("machines/scie/state", json!({ "state": "in_service", "reason": "lame changée" }))
        .await
        .expect(200);
    bob.books("scie", "2026-03-02 15:00-16:00").await.expect(201);
}

#[actix_web::test]
async fn a_closure_names_what_it_hurts_and_can_be_taken_back() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    ada.books("imprimante", "2026-03-03 10:00-11:00").await.expect(201);
    let closure = json!({ "workshop": "bois", "starts_at": "2026-03-03T08:00:00Z", "ends_at": "2026-03-03T18:00:00Z", "reason": "inventaire" });
    let made = staff.post("closures", closure).await;
    let closed = made.expect(201);
    assert_eq!(closed["affected"].as_array().unwrap().len(), 1);
    assert_eq!(closed["affected"][0]["machine"], "scie");
    ada.books("scie", "2026-03-03 14:00-15:00").await.problem(422, "lab_closed");
    staff.delete(made.header("location")).await.expect(204);
    ada.books("scie", "2026-03-03 14:00-15:00").await.expect(201);
}

#[actix_web::test]
async fn new_hours_name_the_reservations_outside_them() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let late = ada.books("scie", "2026-03-03 17:00-18:00").await.expect(201);
    let hours = json!({ "spans": [{ "weekday": 2, "opens": "09:00", "closes": "17:00", "staffed": true }] });
    let changed = staff.put("lab/opening-hours", hours).await.expect(200);
    assert_eq!(changed["lab"]["opening_hours"].as_array().unwrap().len(), 1);
    let affected = changed["affected"].as_array().unwrap();
    assert_eq!((affected.len(), &affected[0]["reservation"]), (1, &late["id"]));
    ada.books("scie", "2026-03-04 10:00-11:00").await.problem(422, "lab_closed");
    let wrong = json!({ "spans": [{ "weekday": 2, "opens": "17:00", "closes": "09:00", "staffed": true }] });
    staff.put("lab/opening-hours", wrong).await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn what_is_booked_is_asked_again_and_told_with_its_reasons() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    bob.books("scie", "2026-03-03 11:00-12:00").await.expect(201);
    assert_eq!(staff.get("reservations/affected").await.expect(200)["items"], json!([]));
    staff
        .post(&format!("members/{}/suspension", ada.id), json!({ "reason": "sans lunettes" }))
        .await
        .expect(200);
    let hurt = staff.get("reservations/affected").await.expect(200);
    let items = hurt["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["reservation"]["id"], made["id"]);
    assert_eq!(items[0]["refusals"][0]["code"], "account_suspended");
    let later = staff.get("reservations/affected?from=2026-03-04T00:00:00Z").await.expect(200);
    assert_eq!(later["items"], json!([]), "nothing of hers is booked after that");
    staff.get("reservations/affected?state=cancelled").await.problem(422, "unknown_field");
    ada.get("reservations/affected").await.problem(403, "forbidden");
}
