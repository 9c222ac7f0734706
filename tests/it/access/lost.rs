//! A grant that was lost on its way.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    access::{read, session::EndReason},
    machines::PowerPolicy,
    power,
    simulator::{core::HELLO, weather::Fate},
    store::schema::power_event,
};
use serde_json::{Value as Json, json};

use super::{
    afterwards::last,
    leasing::beat,
    simulated::{at_the_saw, ended, is_intended},
};
use crate::world::{
    World,
    badges::{number, walk_in},
    controller::{Device, fresh_code},
    people::Person,
};

/// A card is shown while the machine is off.
async fn show(device: &Device<'_>, person: &Person<'_>, pin: Option<&str>) -> Json {
    let said = json!({ "request": fresh_code(), "machine": "scie", "badge": number(person.id), "pin": pin,
        "on": false, "mono_ms": 1 });
    device.post("scans", said).await.expect(200)
}

#[tokio::test]
async fn whoever_shows_the_badge_again_after_a_lost_grant_has_the_machine() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    for fate in [Fate::DropAnswer, Fate::Stall] {
        saw.weather.expect(fate, 1);
        saw.badge(&ada).await;
        saw.wait(2000).await;
        assert!(
            !saw.core.is_on() && is_intended(&world).await,
            "{fate:?}: the house alone believes it is on"
        );
        let lost = last(&world, &ada).await;
        saw.badge(&ada).await;
        assert!(saw.core.is_on(), "{fate:?}: {}", saw.shown);
        assert_eq!(last(&world, &ada).await.id, lost.id, "{fate:?}: the same session");
        saw.wait(2 * HELLO).await;
        assert!(saw.core.is_on(), "{fate:?}");
        saw.badge(&ada).await;
        assert!(!saw.core.is_on());
        assert_eq!(ended(&world, &ada).await, Some(EndReason::Badge));
        saw.wait(HELLO).await;
    }
    let told = async |kind: &'static str| {
        let those = power_event::table.filter(power_event::kind.eq(kind)).count();
        world.app.store.read(move |db| Ok(those.get_result::<i64>(db)?)).await.unwrap()
    };
    assert_eq!((told("session_started").await, told("session_granted_again").await), (2, 2));
    world.app.store.read(power::log::verify).await.unwrap();
}

#[actix_web::test]
async fn what_was_heard_of_is_old_or_somebody_elses_is_not_granted_again() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    let other = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    // Heard of: the machine ran.
    let session = show(&device, &ada, None).await["session"].clone();
    world.clock.advance(TimeDelta::seconds(1));
    beat(&device, &session, None).await.expect(200);
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");
    // At another controller.
    assert_eq!(show(&device, &ada, None).await["verdict"], "grant");
    assert_eq!(show(&other, &ada, None).await["verdict"], "end");
    // Old: its controller has said hello since.
    assert_eq!(show(&device, &ada, None).await["verdict"], "grant");
    world.clock.advance(TimeDelta::seconds(31));
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");
    // Young, and refused by now.
    let session = show(&device, &ada, None).await["session"].clone();
    assert_eq!(show(&device, &ada, None).await["session"], session);
    let why = json!({ "reason": "essai" });
    staff.post(&format!("members/{}/suspension", ada.id), why).await.expect(200);
    let refused = show(&device, &ada, None).await;
    assert_eq!(
        (&refused["verdict"], &refused["reasons"][0]["code"]),
        (&json!("deny"), &json!("account_suspended"))
    );
    assert!(world.app.store.read(read::open).await.unwrap().is_empty());
}

#[actix_web::test]
async fn a_lost_grant_of_a_dangerous_machine_is_given_again_only_with_the_second_factor() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 2, ..walk_in() }).await;
    world.badged(&ada).await;
    ada.put("me/power-pin", json!({ "pin": "4711" })).await.expect(204);
    let first = show(&device, &ada, Some("4711")).await;
    let again = show(&device, &ada, Some("4711")).await;
    assert_eq!((&again["verdict"], &again["session"]), (&json!("grant"), &first["session"]));
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");
}

#[actix_web::test]
async fn behind_a_plug_the_second_badge_is_the_end_whatever_its_reader_says() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let plug = json!({ "machine": "scie", "adapter": "tasmota", "topic": "scie" });
    staff.post("plugs", plug).await.expect(201);
    assert_eq!(show(&device, &ada, None).await["verdict"], "deny", "nobody ever heard of it");
    world.plug_answers("scie").await;
    assert_eq!(show(&device, &ada, None).await["verdict"], "grant");
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");
}
