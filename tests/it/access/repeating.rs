//! A question is named like one before: the same one is answered again, another one is not answered at all.

use chrono::TimeDelta;
use etabli::access::read;
use serde_json::json;

use crate::world::{
    World,
    badges::{number, walk_in},
};

#[actix_web::test]
async fn a_question_named_like_another_one_gets_no_verdict() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie", "scie-2"]).await;
    for machine in ["scie", "scie-2"] {
        world.powered(machine, walk_in()).await;
    }
    for person in [&ada, &bob] {
        world.badged(person).await;
    }
    let ask = |request: &str, machine: &str, badge: String| {
        let said = json!({ "request": request, "machine": machine, "badge": badge, "mono_ms": 1 });
        device.post("scans", said)
    };
    let first = ask("7", "scie", number(ada.id)).await.expect(200);
    assert_eq!(first["verdict"], "grant");
    for (machine, badge) in [
        ("scie-2", number(ada.id)),
        ("scie", number(bob.id)),
        ("scie", "04ffffff".to_owned()),
        ("scie-2", "04ffffff".to_owned()),
        ("nowhere", number(ada.id)),
    ] {
        let problem = ask("7", machine, badge).await.problem(422, "idempotency_key_reused");
        assert!(problem.get("verdict").is_none(), "{problem}");
    }
    assert_eq!(ask("7", "scie", number(ada.id).to_uppercase()).await.expect(200), first, "the same question");
    assert_eq!(world.app.store.read(read::open).await.unwrap().len(), 1);
}

#[actix_web::test]
async fn a_card_of_nobody_is_told_from_another_one_and_from_itself_once_it_is_forgotten() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let ask = |badge: &str| {
        device.post("scans", json!({ "request": "7", "machine": "scie", "badge": badge, "mono_ms": 1 }))
    };
    let first = ask("04ffffff").await.expect(200);
    assert_eq!(first["reasons"][0]["code"], "badge_unknown");
    assert_eq!(ask("04ffffff").await.expect(200), first);
    ask("04fffffe").await.problem(422, "idempotency_key_reused");
    world.clock.advance(TimeDelta::minutes(31));
    world.runs("forget_cards").await;
    ask("04ffffff").await.problem(422, "idempotency_key_reused");
}
