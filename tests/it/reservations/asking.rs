//! Ask the gates before trying.

use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn every_gate_answers_passed_or_refused() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let ask = "gates?starts_at=2026-03-03T09:00:00Z&ends_at=2026-03-03T10:00:00Z";
    let fine = ada.get(&format!("machines/scie/{ask}")).await.expect(200);
    assert_eq!(fine["passes"], true);
    assert_eq!(fine["gates"].as_array().unwrap().len(), 22);
    let refused = ada.get(&format!("machines/laser/{ask}")).await.expect(200);
    assert_eq!(refused["passes"], false);
    let gates = refused["gates"].as_array().unwrap();
    let missing: Vec<_> = gates.iter().filter(|gate| gate["passed"] == false).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!((&missing[0]["code"], &missing[0]["training"]), (&json!("training_missing"), &json!("laser")));
    assert!(missing[0]["detail"].as_str().is_some_and(|text| !text.is_empty()));
    assert!(ada.get("me/reservations").await.expect(200)["items"].as_array().unwrap().is_empty());
}

#[actix_web::test]
async fn asking_needs_a_member_and_a_period() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let path = "machines/scie/gates?starts_at=2026-03-03T09:00:00Z&ends_at=2026-03-03T10:00:00Z";
    world.stranger().get(path).await.problem(401, "unauthenticated");
    ada.get("machines/scie/gates").await.problem(422, "invalid_request");
    ada.get("machines/scie/gates?starts_at=2026-03-03T10:00:00Z&ends_at=2026-03-03T09:00:00Z")
        .await
        .problem(422, "invalid_request");
}
