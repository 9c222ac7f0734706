//! Why not, in the right words and the right language.

use chrono::TimeDelta;
use etabli::{
    access::session::EndReason,
    machines::PowerPolicy,
    simulator::{core::HELLO, weather::Fate},
};
use serde_json::json;

use super::{
    afterwards::last,
    desk::show,
    simulated::{at_the_saw, ended},
};
use crate::world::{World, badges::walk_in};

#[actix_web::test]
async fn a_pin_is_called_wrong_when_it_is_and_shut_when_no_pin_counts() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 2, ..walk_in() }).await;
    world.badged(&ada).await;
    let why = async |pin: Option<&str>| {
        let answer = show(&device, &ada, pin).await;
        assert_eq!(answer["reasons"][0]["code"], "second_factor_missing", "{answer}");
        answer["reasons"][0]["text"].as_str().unwrap().to_owned()
    };
    let bare = why(None).await;
    assert!(bare.ends_with("confirmez sur votre téléphone."), "{bare}");
    assert_eq!(
        why(Some("4711")).await,
        format!("{bare} Vous n’avez pas encore choisi de code\u{a0}: faites-le depuis votre compte.")
    );
    ada.put("me/power-pin", json!({ "pin": "4711" })).await.expect(204);
    for _ in 0..4 {
        assert_eq!(why(Some("0000")).await, format!("{bare} Ce code n’est pas le bon."));
    }
    ada.patch("me", json!({ "locale": "en" })).await.expect(200);
    for pin in ["0000", "4711"] {
        let told = why(Some(pin)).await;
        assert!(
            told.ends_with(
                "After five wrong PINs none counts for a quarter of an hour: confirm on your phone."
            ),
            "{told}"
        );
    }
    world.clock.advance(TimeDelta::minutes(15));
    assert_eq!(show(&device, &ada, Some("4711")).await["verdict"], "grant");
}

#[actix_web::test]
async fn a_badge_that_opens_nothing_any_more_says_so_in_the_language_of_its_member() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.badged(&ada).await;
    ada.patch("me", json!({ "locale": "en" })).await.expect(200);
    let listed = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
    let path = format!("badges/{}/revocation", listed["items"][0]["id"].as_str().unwrap());
    staff.post(&path, json!({ "reason": "perdu" })).await.expect(200);
    let told = show(&device, &ada, None).await;
    assert_eq!(
        told["reasons"],
        json!([{ "code": "badge_revoked", "text": "This badge is no longer valid." }])
    );
}

#[actix_web::test]
async fn what_a_day_badge_opened_ends_with_it_and_not_with_a_booking() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    show(&device, &ada, None).await;
    let fresh = staff.get("badges/fresh").await.expect(200);
    let until = "2026-03-02T09:00:00Z";
    let given = json!({ "scan": fresh["items"][0]["scan"], "member": ada.email, "until": until });
    staff.post("badges", given).await.expect(201);
    let granted = show(&device, &ada, None).await;
    assert_eq!(granted["until"], until);
    world.clock.set(until.parse().unwrap());
    let said = json!({ "outputs": [{ "machine": "scie", "on": true }] });
    let path = format!("sessions/{}/heartbeat", granted["session"].as_str().unwrap());
    let told = device.post(&path, said).await.expect(200);
    let over = json!({ "at": until, "reason": "lease",
        "reasons": [{ "code": "badge_revoked", "text": "Ce badge n’est plus valable." }] });
    assert_eq!(told["ended"], over);
}

#[tokio::test]
async fn a_controller_without_the_time_says_so_and_starts_as_soon_as_it_knows_it() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    // Its first word after the start is lost, and with it the time.
    saw.weather.expect(Fate::Drop, 1);
    saw.cut().await;
    saw.badge(&ada).await;
    assert!(!saw.core.is_on());
    assert_eq!(
        saw.shown,
        "scie\u{a0}: l’heure n’est pas encore connue, pas de démarrage. Réessayez dans un instant"
    );
    saw.wait(200).await;
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Link), "the house does not believe in it");
    // What was lost is given up after a few seconds, and said again.
    saw.wait(6000).await;
    saw.badge(&ada).await;
    assert!(saw.core.is_on(), "{}", saw.shown);
    saw.wait(2 * HELLO).await;
    assert_eq!(last(&world, &ada).await.ended, None);
}
