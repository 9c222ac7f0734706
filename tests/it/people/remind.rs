//! What time does.

use chrono::TimeDelta;
use etabli::{
    kernel::{Clock, Locale},
    people::remind,
};

use crate::world::World;

async fn due(world: &World) {
    let now = world.clock.now();
    world.app.store.write(move |db| remind::due(db, now)).await.unwrap();
}

#[tokio::test]
async fn a_membership_that_ends_is_announced_once_thirty_days_before() {
    let world = World::founded().await;
    // Its last day is 2 April 2026, thirty-one days from now.
    let ada = world.member("ada").on_plan("maker", "2025-04-03").await;
    let grace = world.member("grace").speaks(Locale::En).on_plan("maker", "2025-04-03").await;
    due(&world).await;
    assert!(world.letters_to(&ada.email).await.is_empty());
    world.clock.advance(TimeDelta::days(1));
    due(&world).await;
    due(&world).await;
    world.clock.advance(TimeDelta::days(20));
    due(&world).await;
    let letters = world.letters_to(&ada.email).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].0, "membership_ending");
    let said = letters[0].1["paragraphs"][0].as_str().unwrap();
    assert!(said.contains("jeudi 2 avril 2026"), "{said}");
    let said = world.letters_to(&grace.email).await.remove(0).1["paragraphs"][0].to_string();
    assert!(said.contains("Thursday 2 April 2026"), "{said}");
}

#[tokio::test]
async fn who_has_another_membership_after_it_hears_nothing() {
    let world = World::founded().await;
    let ada = world.member("ada").on_plan("maker", "2025-03-10").on_plan("maker", "2026-03-10").await;
    due(&world).await;
    assert!(world.letters_to(&ada.email).await.is_empty());
}

#[tokio::test]
async fn a_membership_of_some_days_is_not_announced_as_ending() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let name = serde_json::json!({ "fr": "Essai", "en": "Trial" });
    for (slug, days) in [("jour", 1), ("mois", 30), ("mois-et-demi", 45)] {
        let plan = serde_json::json!({ "slug": slug, "name": name, "duration_days": days });
        staff.post("plans", plan).await.expect(201);
        let member = world.member(slug).on_plan(slug, "2026-03-02").await;
        due(&world).await;
        assert!(world.letters_to(&member.email).await.is_empty(), "{slug}");
    }
    world.clock.advance(TimeDelta::days(20));
    due(&world).await;
    assert_eq!(world.letters_to("mois@example.org").await.len(), 0);
    assert_eq!(world.letters_to("mois-et-demi@example.org").await.len(), 1);
}

#[tokio::test]
async fn what_is_of_no_use_any_more_is_forgotten() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let stranger = world.stranger();
    for _ in 0..6 {
        stranger.post("sessions", serde_json::json!({ "email": ada.email, "password": "faux" })).await;
    }
    world.clock.advance(TimeDelta::days(4000));
    let now = world.clock.now();
    let left = world.app.store.write(move |db| {
        use diesel::{QueryDsl, RunQueryDsl};
        use etabli::store::schema::{session, sign_in_failure};
        remind::sweep(db, now)?;
        let sessions: i64 = session::table.count().get_result(db)?;
        Ok(sessions + sign_in_failure::table.count().get_result::<i64>(db)?)
    });
    assert_eq!(left.await.unwrap(), 0);
}
