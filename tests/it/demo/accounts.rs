//! The promised accounts, and what each is there to show.

use etabli::demo::{ACCOUNTS, PASSWORD, accounts::address};
use serde_json::{Value as Json, json};

use crate::world::{Visitor, World};

async fn sign_in<'w>(world: &'w World, login: &str) -> (Visitor<'w>, Json) {
    let credentials = json!({ "email": address(login), "password": PASSWORD });
    let signed_in = world.stranger().post("sessions", credentials).await.expect(201);
    (world.bearer(signed_in["token"].as_str().unwrap()), signed_in)
}

#[actix_web::test]
async fn everybody_who_is_promised_signs_in() {
    let world = World::start();
    world.demonstrate().await;
    for login in ACCOUNTS {
        let (visitor, _) = sign_in(&world, login).await;
        let me = visitor.get("me").await.expect(200);
        assert_eq!(me["email"], address(login));
    }
}

/// The gates that refuse a machine to somebody, tomorrow at 14:00 in Paris, the 3rd of March.
async fn refused(world: &World, login: &str, machine: &str) -> Vec<String> {
    let (visitor, _) = sign_in(world, login).await;
    let query = "starts_at=2026-03-03T13:00:00Z&ends_at=2026-03-03T14:00:00Z";
    let answer = visitor.get(&format!("machines/{machine}/gates?{query}")).await.expect(200);
    let findings = answer["gates"].as_array().unwrap_or_else(|| panic!("{answer}"));
    let refused = findings.iter().filter(|gate| gate["passed"] == false);
    let codes = refused.map(|gate| gate["code"].as_str().unwrap().to_owned());
    codes
        .filter(|code| !["machine_taken", "workshop_full", "member_elsewhere"].contains(&code.as_str()))
        .collect()
}

#[actix_web::test]
async fn each_shows_what_it_is_there_for() {
    let world = World::start();
    world.demonstrate().await;
    assert_eq!(refused(&world, "maker", "decoupe-laser").await, Vec::<String>::new());
    assert_eq!(refused(&world, "novice", "decoupe-laser").await, ["training_missing", "training_missing"]);
    assert_eq!(refused(&world, "novice", "machine-a-coudre-1").await, Vec::<String>::new());
    let lapsed = refused(&world, "lapsed", "decoupe-laser").await;
    assert_eq!(lapsed, ["membership_missing", "training_expired", "training_expired"]);
    assert_eq!(refused(&world, "minor", "machine-a-coudre-1").await, ["guardian_consent_missing"]);
    assert!(refused(&world, "minor", "decoupe-laser").await.contains(&"too_young".to_owned()));
}
