//! The badge desk, and what is shown beside a badge.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    access::{badges, tags},
    machines::{PowerPolicy, policy::NewStart},
    store::schema::scan,
    wire::list,
};
use serde_json::{Value as Json, json};

use crate::world::{
    World,
    badges::{number, walk_in},
    controller::{Device, fresh_code},
    people::Person,
};

pub(super) async fn show(device: &Device<'_>, person: &Person<'_>, pin: Option<&str>) -> Json {
    let said = json!({ "request": fresh_code(), "machine": "scie", "badge": number(person.id), "pin": pin, "mono_ms": 1 });
    device.post("scans", said).await.expect(200)
}

#[actix_web::test]
async fn a_card_is_given_at_the_desk_and_taken_back() {
    let world = World::with_lab().await;
    let (ada, bob, staff) = (world.maker("Ada").await, world.maker("Bob").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    let unknown = show(&device, &ada, None).await;
    assert_eq!(unknown["reasons"][0]["code"], "badge_unknown");
    let fresh = staff.get("badges/fresh").await.expect(200);
    let scan = fresh["items"][0]["scan"].clone();
    let given = json!({ "scan": scan, "member": ada.email, "label": "porte-clés" });
    let badge = staff.post("badges", given).await.expect(201);
    let twice = json!({ "scan": scan, "member": bob.email });
    staff.post("badges", twice).await.problem(409, "badge_taken");
    assert_eq!(show(&device, &ada, None).await["verdict"], "grant");

    let path = format!("badges/{}/revocation", badge["id"].as_str().unwrap());
    staff.post(&path, json!({ "reason": "perdu" })).await.expect(200);
    let refused = show(&device, &ada, None).await;
    assert_eq!(refused["reasons"][0]["code"], "badge_revoked");
    let listed = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
    assert_eq!(listed["items"][0]["revoked_reason"], "perdu");
}

#[actix_web::test]
async fn a_temporary_badge_ends_and_a_card_shown_long_ago_is_not_given() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    show(&device, &ada, None).await;
    let fresh = staff.get("badges/fresh").await.expect(200);
    let scan = fresh["items"][0]["scan"].clone();
    let until = "2026-03-02T09:00:00Z";
    let given = json!({ "scan": scan, "member": ada.email, "until": until });
    staff.post("badges", given.clone()).await.expect(201);
    world.clock.set(until.parse().unwrap());
    assert_eq!(show(&device, &ada, None).await["reasons"][0]["code"], "badge_revoked");
    world.clock.advance(TimeDelta::minutes(31));
    let prints = async || {
        let kept = scan::table.filter(scan::print.is_not_null()).count();
        world.app.store.read(move |db| Ok(kept.get_result::<i64>(db)?)).await.unwrap()
    };
    let (before, now) = (prints().await, world.app.now());
    world.app.store.write(move |db| badges::forget(db, now)).await.unwrap();
    assert_eq!((before, prints().await), (2, 0), "the print of a card is not kept for ever");
    let late = json!({ "scan": scan, "member": ada.email });
    staff.post("badges", late).await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn a_dangerous_machine_wants_a_pin_or_a_yes_from_the_phone() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", PowerPolicy { risk_class: 2, ..walk_in() }).await;
    world.badged(&ada).await;
    let alone = show(&device, &ada, None).await;
    assert_eq!(alone["reasons"][0]["code"], "second_factor_missing");
    ada.put("me/power-pin", json!({ "pin": "abcd" })).await.problem(422, "invalid_request");
    ada.put("me/power-pin", json!({ "pin": "4711" })).await.expect(204);
    assert_eq!(show(&device, &ada, Some("4712")).await["verdict"], "deny");
    assert_eq!(show(&device, &ada, Some("4711")).await["verdict"], "grant");
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");

    ada.post("me/power-approvals", json!({ "machine": "scie" })).await.expect(200);
    assert_eq!(show(&device, &ada, None).await["verdict"], "grant");
    assert_eq!(show(&device, &ada, None).await["verdict"], "end");
    assert_eq!(show(&device, &ada, None).await["verdict"], "deny", "a yes is for one start");

    for _ in 0..5 {
        assert_eq!(show(&device, &ada, Some("0000")).await["verdict"], "deny");
    }
    assert_eq!(show(&device, &ada, Some("4711")).await["verdict"], "deny", "shut for a quarter of an hour");
    world.clock.advance(TimeDelta::minutes(15));
    assert_eq!(show(&device, &ada, Some("4711")).await["verdict"], "grant");
}

#[actix_web::test]
async fn cards_of_nobody_are_not_written_down_for_ever() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let ask = |number: usize| {
        let badge = format!("{:08x}", number + 1);
        device.post(
            "scans",
            json!({ "request": fresh_code(), "machine": "scie", "badge": badge, "mono_ms": 1 }),
        )
    };
    for number in 0..20 {
        ask(number).await.expect(200);
    }
    ask(20).await.problem(429, "too_many_tries");
}

#[actix_web::test]
async fn a_controller_learns_the_badges_for_its_list_where_its_machine_may_start_alone() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let device = world.controller(&staff, &["scie"]).await;
    world.powered("scie", walk_in()).await;
    world.badged(&ada).await;
    let (id, now) = (device.id.parse().unwrap(), world.app.now());
    let live = async || world.app.store.read(move |db| tags::live(db, id, now)).await.unwrap();
    show(&device, &ada, None).await;
    assert_eq!(live().await.len(), 0, "this machine is never started alone");
    world.powered("scie", PowerPolicy { link_loss_start: NewStart::AllowList, ..walk_in() }).await;
    show(&device, &ada, None).await;
    show(&device, &ada, None).await;
    let known = live().await;
    let expected = list::tag(&world.app.secrets.device(id), &hex::decode(number(ada.id)).unwrap());
    assert_eq!(
        known.iter().map(|(tag, badge)| (tag.as_str(), badge.member)).collect::<Vec<_>>(),
        [(expected.as_str(), ada.id)]
    );
    let badge = known[0].1.id;
    staff.post(&format!("badges/{badge}/revocation"), json!({ "reason": "perdu" })).await.expect(200);
    assert_eq!(live().await.len(), 0);
}
