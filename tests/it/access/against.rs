//! Starts that the house hears of only afterwards, and that it would not have let.

use etabli::{
    access::session::EndReason,
    machines::{PowerPolicy, policy::NewStart},
    simulator::{core::HELLO, weather::Fate},
};
use serde_json::json;

use super::{
    leasing::hello,
    lists::{learned, listed},
    simulated::{at_the_saw, ended, is_intended},
};
use crate::world::World;

#[tokio::test]
async fn a_start_the_policy_did_not_allow_is_kept_said_loudly_and_over_with_its_lease() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, listed()).await;
    learned(&mut saw, &ada).await;
    saw.weather.expect(Fate::Drop, 10_000);
    saw.wait(HELLO).await;
    saw.badge(&ada).await;
    saw.wait(6000).await;
    assert!(saw.core.is_on(), "by a list of yesterday's policy");
    world.powered("scie", PowerPolicy { risk_class: 3, ..listed() }).await;
    saw.weather.clear();
    saw.wait(3 * HELLO).await;

    assert!(!saw.core.is_on() && !is_intended(&world).await, "nobody goes on like this");
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Lease), "it is in the books");
    let staff = world.member("boss").staff().await;
    let lines = staff.get("power-events?machine=scie&limit=200").await.expect(200);
    let lines = lines["items"].as_array().unwrap();
    let loud: Vec<_> = lines.iter().filter(|line| line["kind"] == "started_against_policy").collect();
    assert_eq!(loud.len(), 1, "{lines:?}");
    assert_eq!(loud[0]["details"]["against"], json!(["start_needs_server", "second_factor_missing"]));
    assert!(loud[0]["session"].is_string() && loud[0]["member"] == json!(ada.id), "{}", loud[0]);
    let figures = world.stranger().get("/metrics").await.text();
    assert!(
        figures.contains("etabli_starts_against_policy_total{why=\"second_factor_missing\"}"),
        "{figures}"
    );
}

#[actix_web::test]
async fn a_machine_that_wants_more_than_a_badge_never_starts_without_the_server() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    for wrong in [
        json!({ "risk_class": 2, "link_loss_start": "allow_list" }),
        json!({ "risk_class": 3, "link_loss_start": "staff_only" }),
        json!({ "supervision": "trainer", "link_loss_start": "allow_list" }),
    ] {
        let problem = staff.put("machines/scie/power-policy", wrong).await.problem(422, "invalid_request");
        let field = &problem["fields"][0];
        assert_eq!(
            (&field["path"], &field["code"]),
            (&json!("link_loss_start"), &json!("start_needs_server"))
        );
    }
    // Written down before the house took care: controllers hear nothing of it.
    let old = PowerPolicy { risk_class: 2, link_loss_start: NewStart::AllowList, ..PowerPolicy::default() };
    world.powered("scie", old).await;
    let device = world.controller(&staff, &["scie"]).await;
    assert_eq!(hello(&device, json!([])).await["machines"][0]["policy"]["link_loss_start"], "deny");
    let list = device.get("allow-list?machine=scie").await.expect(200);
    assert_eq!(list["list"]["entries"], json!([]));
}
