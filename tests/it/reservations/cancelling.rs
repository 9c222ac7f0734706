//! Cancel one: the place is free at once, the member is told by whom and why.

use serde_json::json;

use crate::world::{World, mailbox::property};

#[actix_web::test]
async fn a_cancelled_place_is_free_at_once() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    let cancelled =
        ada.post(&format!("{path}/cancellation"), json!({ "reason": "grippe" })).await.expect(200);
    assert_eq!((&cancelled["state"], &cancelled["cancel_reason"]), (&json!("cancelled"), &json!("grippe")));
    bob.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    ada.post(&format!("{path}/cancellation"), json!({})).await.problem(409, "reservation_over");
    let mails = world.mails().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("Réservation annulée")).expect("a letter");
    let invitation = mail.invitation().expect("a cancellation for the calendar");
    assert_eq!(property(&invitation, "STATUS"), "CANCELLED");
    assert_eq!(property(&invitation, "SEQUENCE"), "1");
}

#[actix_web::test]
async fn too_late_is_too_late_for_members_and_not_for_staff() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let made = ada.books("scie", "2026-03-02 10:30-11:30").await.expect(201);
    let path = format!("reservations/{}/cancellation", made["id"].as_str().unwrap());
    let problem = ada.post(&path, json!({})).await.problem(409, "too_late_to_cancel");
    assert_eq!(problem["refusals"][0]["until"], "2026-03-02T07:30:00Z");
    let cancelled = staff.post(&path, json!({ "reason": "panne" })).await.expect(200);
    assert_eq!(cancelled["state"], "cancelled");
    let mails = world.mails().await;
    let mail = mails.iter().find(|mail| mail.subject.contains("annulée")).expect("a letter");
    assert!(mail.text.contains("panne") && mail.text.contains("équipe"), "{}", mail.text);
    let subject = format!("journal?subject={}", made["id"].as_str().unwrap());
    let journal = world.admin().await.get(&subject).await.expect(200);
    let line = &journal["items"][0];
    assert_eq!((&line["action"], &line["reason"]), (&json!("reservation_cancelled"), &json!("panne")));
}
