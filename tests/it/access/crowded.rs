//! A list of a reader that has seen half the town.

use diesel::{ExpressionMethods, RunQueryDsl};
use etabli::{
    access::{Device, allow},
    kernel::{BadgeId, Code, ControllerId},
    store::schema::{badge, badge_tag},
};
use serde_json::json;

use super::{
    lists::listed,
    simulated::{at_the_saw, saw_of},
};
use crate::world::{World, people::Person, simulated::Simulated};

/// So many badges of somebody that this controller has seen, with tags from `from` on.
async fn seen(saw: &Simulated<'_>, world: &World, who: &Person<'_>, (from, count): (u32, u32)) {
    let (member, now) = (who.id, world.app.now());
    let controller: ControllerId = saw.device.id.parse().unwrap();
    let write = move |db: &mut etabli::store::Db| {
        for number in from..from + count {
            let (id, print) = (BadgeId::new(), format!("{number:032}").into_bytes());
            let given = (badge::given_by.eq(member), badge::given_at.eq(now));
            let row = (badge::id.eq(id), badge::print.eq(print), badge::member_id.eq(member), given);
            diesel::insert_into(badge::table).values(row).execute(db)?;
            let tag = (badge_tag::tag.eq(format!("{number:032}")), badge_tag::learned_at.eq(now));
            let row = (badge_tag::controller_id.eq(controller), badge_tag::badge_id.eq(id), tag);
            diesel::insert_into(badge_tag::table).values(row).execute(db)?;
        }
        Ok(())
    };
    world.app.store.write(write).await.unwrap();
}

#[tokio::test]
async fn who_may_not_takes_nobody_elses_place_on_a_list() {
    let world = World::with_lab().await;
    let (ada, saw) = at_the_saw(&world, listed()).await;
    let bo = world.member("Bo").await;
    seen(&saw, &world, &bo, (0, 200)).await;
    seen(&saw, &world, &ada, (1000, 1)).await;
    let list = saw.device.get("allow-list?machine=scie").await.expect(200);
    let entries = list["list"]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(entries[0]["tag"], json!(format!("{:032}", 1000)));
    // However many may, a list stays a list that a small device can hold.
    seen(&saw, &world, &ada, (2000, 250)).await;
    let list = saw.device.get("allow-list?machine=scie").await.expect(200);
    assert_eq!(list["list"]["entries"].as_array().unwrap().len(), 200);
}

#[tokio::test]
async fn a_list_that_was_overtaken_is_not_published_over_a_newer_one() {
    let world = World::with_lab().await;
    let (ada, saw) = at_the_saw(&world, listed()).await;
    let device = Device {
        id: saw.device.id.parse().unwrap(),
        name: "Lecteur".into(),
        machines: vec![saw_of(&world).await],
    };
    let drawn = async || {
        let (device, now) = (device.clone(), world.app.now());
        world.app.store.read(move |db| allow::draw_up(db, &device, "scie", now)).await.unwrap()
    };
    let publish = async |draft: allow::Draft| {
        let device = device.clone();
        world.app.store.write(move |db| allow::publish(db, &device, &draft)).await
    };
    seen(&saw, &world, &ada, (0, 1)).await;
    let old = drawn().await;
    seen(&saw, &world, &ada, (1, 1)).await;
    let new = drawn().await;
    let first = publish(new.clone()).await.unwrap();
    let overtaken = publish(old).await.unwrap_err();
    assert_eq!(overtaken.code(), Code::PreconditionFailed);
    assert_eq!(publish(drawn().await).await.unwrap(), first, "it says the same, and is the same");
    seen(&saw, &world, &ada, (2, 1)).await;
    assert_eq!(publish(drawn().await).await.unwrap(), first + 1);
}
