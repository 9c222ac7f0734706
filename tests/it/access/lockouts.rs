//! A lockout from its first word to the last: whoever says it, whatever reboots, only staff take it back.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    simulator::{
        core::{HELLO, Happening},
        weather::Fate,
    },
    store::schema::power_event,
};
use serde_json::{Value as Json, json};

use super::simulated::at_the_saw;
use crate::world::{World, badges::walk_in};

/// How often the log says this.
async fn lines(world: &World, kind: &'static str) -> i64 {
    let those = power_event::table.filter(power_event::kind.eq(kind)).count();
    world.app.store.read(move |db| Ok(those.get_result(db)?)).await.unwrap()
}

async fn held(world: &World) -> Json {
    world.stranger().get("machines/scie/power").await.expect(200)["lockout"].clone()
}

#[tokio::test]
async fn a_lockout_from_a_phone_is_held_over_a_reboot_and_cleared_by_staff_only() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    let smell = json!({ "class": "defect", "reason": "ça sent le brûlé" });
    ada.post("machines/scie/lockouts", smell).await.expect(200);
    saw.wait(2 * HELLO).await;
    assert!(!saw.core.is_on());
    assert_eq!(saw.core.lockout(), Some("defect"));
    assert_eq!(saw.shown, "scie : bloquée, en panne");
    saw.cut().await;
    assert_eq!(saw.core.lockout(), Some("defect"));
    let why = json!({ "reason": "courroie changée" });
    ada.post("machines/scie/lockouts/clearance", why.clone()).await.problem(403, "forbidden");
    saw.wait(4 * HELLO).await;
    assert_eq!(lines(&world, "locked_out").await, 1, "told once, however often it is repeated");

    let boss = world.member("boss").staff().await;
    boss.post("machines/scie/lockouts/clearance", why).await.expect(204);
    // The answer that says so is lost: what the controller still holds is no news.
    saw.weather.expect(Fate::DropAnswer, 1);
    saw.wait(HELLO).await;
    assert_eq!(saw.core.lockout(), Some("defect"));
    saw.wait(3 * HELLO).await;
    assert_eq!((saw.core.lockout(), held(&world).await), (None, Json::Null));
    assert_eq!(saw.shown, "scie : présentez votre badge");
    saw.badge(&ada).await;
    assert!(saw.core.is_on());
}

#[tokio::test]
async fn a_lockout_at_the_controller_is_news_again_after_staff_took_the_last_one_back() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    let boss = world.member("boss").staff().await;
    for round in 0..2 {
        // The house hears of it by the next hello only, however its own message was lost.
        saw.weather.expect(Fate::Drop, 2);
        saw.live(Happening::LockOut("emergency".into())).await;
        saw.wait(3 * HELLO).await;
        assert_eq!(held(&world).await, "emergency", "round {round}");
        assert_eq!(lines(&world, "locked_out").await, round + 1);
        let why = json!({ "reason": "relevé" });
        boss.post("machines/scie/lockouts/clearance", why).await.expect(204);
        saw.wait(2 * HELLO).await;
        assert_eq!((saw.core.lockout(), held(&world).await), (None, Json::Null));
    }
    saw.badge(&ada).await;
    assert!(saw.core.is_on());
}
