//! A card comes back to the desk, and goes to somebody else.

use serde_json::{Value as Json, json};

use crate::world::{World, badges::walk_in, controller::Device, controller::fresh_code, people::Person};

const CARD: &str = "04DE5F1EACC040";

async fn show(device: &Device<'_>, sun: Json) -> Json {
    let said = json!({ "request": fresh_code(), "machine": "scie", "badge": CARD, "sun": sun, "mono_ms": 1 });
    device.post("scans", said).await.expect(200)
}

/// Cards the desk may give.
async fn fresh(staff: &Person<'_>) -> Vec<Json> {
    staff.get("badges/fresh").await.expect(200)["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_card_that_was_taken_back_is_given_to_somebody_else() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    for _ in 0..2 {
        show(&device, Json::Null).await;
    }
    let cards = fresh(&staff).await;
    assert_eq!((cards.len(), &cards[0]["before"]), (1, &Json::Null), "one card, however often it is shown");
    let given = json!({ "scan": cards[0]["scan"], "member": ada.email });
    let badge = staff.post("badges", given).await.expect(201);
    assert_eq!(fresh(&staff).await.len(), 0, "somebody has it");

    let path = format!("badges/{}/revocation", badge["id"].as_str().unwrap());
    staff.post(&path, json!({ "reason": "rendue" })).await.expect(200);
    let refused = show(&device, Json::Null).await;
    assert_eq!(refused["reasons"][0]["code"], "badge_revoked");
    assert_eq!(refused["member_name"], Json::Null, "whoever found it learns no name");
    let cards = fresh(&staff).await;
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0]["before"]["id"], badge["id"]);
    assert_eq!(cards[0]["before"]["revoked_reason"], "rendue", "staff see why it was taken back");
    let again = json!({ "scan": cards[0]["scan"], "member": bob.email });
    staff.post("badges", again).await.expect(201);
    let granted = show(&device, Json::Null).await;
    assert_eq!((&granted["verdict"], &granted["member_name"]), (&json!("grant"), &json!("Bob")));
    assert_eq!(fresh(&staff).await.len(), 0);
}

#[actix_web::test]
async fn a_card_of_yesterdays_guest_is_given_to_todays() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    show(&device, Json::Null).await;
    let until = "2026-03-02T09:00:00Z";
    let given = json!({ "scan": fresh(&staff).await[0]["scan"], "member": ada.email, "until": until });
    staff.post("badges", given).await.expect(201);
    world.clock.set(until.parse().unwrap());
    assert_eq!(show(&device, Json::Null).await["reasons"][0]["code"], "badge_revoked");
    let cards = fresh(&staff).await;
    assert_eq!((cards.len(), &cards[0]["before"]["until"]), (1, &json!(until)));
    staff.post("badges", json!({ "scan": cards[0]["scan"], "member": bob.email })).await.expect(201);
    assert_eq!(show(&device, Json::Null).await["member_name"], "Bob");
    let listed = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
    assert_eq!(listed["items"][0]["revoked_at"], until, "{listed}");
    assert_eq!(listed["items"][0]["revoked_reason"], Json::Null);
    let taken = json!({ "scan": cards[0]["scan"], "member": ada.email });
    staff.post("badges", taken).await.problem(409, "badge_taken");
}

#[actix_web::test]
async fn a_card_that_signs_goes_on_signing_and_counting_for_whoever_has_it_next() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    // Number, count and signature of NXP's application note AN12196.
    let tap = json!({ "count": "00003D", "mac": "94EED9EE65337086" });
    show(&device, Json::Null).await;
    let given = json!({ "scan": fresh(&staff).await[0]["scan"], "member": ada.email });
    let badge = staff.post("badges", given).await.expect(201);
    let path = format!("badges/{}", badge["id"].as_str().unwrap());
    staff.put(&format!("{path}/card"), json!({ "key": "00".repeat(16) })).await.expect(200);
    assert_eq!(show(&device, tap.clone()).await["verdict"], "grant");
    assert_eq!(show(&device, Json::Null).await["verdict"], "end");
    staff.post(&format!("{path}/revocation"), json!({ "reason": "rendue" })).await.expect(200);
    show(&device, Json::Null).await;
    let again = json!({ "scan": fresh(&staff).await[0]["scan"], "member": bob.email });
    assert_eq!(staff.post("badges", again).await.expect(201)["signs"], true);
    let refused = show(&device, tap).await;
    assert_eq!(refused["reasons"][0]["code"], "badge_revoked", "what Ada read of it opens nothing of Bob's");
    assert_eq!(show(&device, Json::Null).await["member_name"], "Bob");
}
