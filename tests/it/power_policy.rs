//! How a machine is switched on: everybody reads it, staff decide.

use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World};

#[actix_web::test]
async fn the_careful_policy_holds_until_staff_decide() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let usual = world.stranger().get("machines/scie/power-policy").await;
    assert_eq!(usual.expect(200)["reservation"], "reservation_required");
    assert_eq!(usual.json()["link_loss_start"], "deny");

    let saw = json!({ "reservation": "walk_in", "risk_class": 3, "idle_watts": 30, "idle_minutes": 10 });
    let decide = |tag: &str, body: &serde_json::Value| {
        Answer::to(
            staff.request(Method::PUT, "machines/scie/power-policy").header("If-Match", tag).json(body),
        )
    };
    decide(usual.header("etag"), &saw).await.expect(200);
    decide(usual.header("etag"), &saw).await.problem(412, "precondition_failed");
    let read = world.stranger().get("machines/scie/power-policy").await.expect(200);
    assert_eq!((&read["risk_class"], &read["idle_watts"]), (&json!(3), &json!(30)));
    let other = world.stranger().get("machines/scie-2/power-policy").await.expect(200);
    assert_eq!(other["risk_class"], 1);
}

#[actix_web::test]
async fn numbers_out_of_their_range_are_named() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let wrong = json!({ "risk_class": 5, "idle_watts": 30 });
    let problem = staff.put("machines/scie/power-policy", wrong).await.problem(422, "invalid_request");
    let fields = problem["fields"].as_array().unwrap();
    let named: Vec<_> = fields.iter().map(|field| (&field["path"], &field["code"])).collect();
    assert_eq!(
        named,
        [(&json!("risk_class"), &json!("range")), (&json!("idle_minutes"), &json!("idle_by_halves"))]
    );
}
