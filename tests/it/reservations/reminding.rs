//! The day before, once.

use etabli::reservations::remind;
use serde_json::json;

use crate::world::{World, bookings::paris};

async fn reminders(world: &World) -> usize {
    let now = world.app.now();
    world.app.store.write(move |db| remind::due(db, now)).await.unwrap();
    world.mails().await.iter().filter(|mail| mail.subject.contains("Rappel")).count()
}

#[actix_web::test]
async fn a_reminder_comes_the_day_before_and_only_once() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let made = ada.books("scie", "2026-03-05 10:00-11:00").await.expect(201);
    ada.books("scie", "2026-03-02 14:00-15:00").await.expect(201);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    assert_eq!(reminders(&world).await, 0, "today's was booked today, the other is days away");
    // Tomorrow's was booked 25 hours before: a letter an hour later would only be a nuisance.
    world.clock.set("2026-03-02T10:00:00Z".parse().unwrap());
    assert_eq!(reminders(&world).await, 0, "the confirmation has just come");
    world.clock.set("2026-03-04T10:00:00Z".parse().unwrap());
    assert_eq!(reminders(&world).await, 1);
    assert_eq!(reminders(&world).await, 1, "the same one");
    let path = format!("reservations/{}/cancellation", made["id"].as_str().unwrap());
    ada.post(&path, json!({})).await.expect(200);
    assert_eq!(reminders(&world).await, 1);
}

#[actix_web::test]
async fn whoever_moved_it_just_now_has_that_letter_in_mind() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let made = ada.books("scie", "2026-03-09 10:00-11:00").await.expect(201);
    bob.books("scie", "2026-03-05 13:00-14:00").await.expect(201);
    world.clock.set("2026-03-04T12:30:00Z".parse().unwrap());
    let (starts_at, ends_at) = paris("2026-03-05 10:00-11:00");
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    ada.patch(&path, json!({ "starts_at": starts_at, "ends_at": ends_at })).await.expect(200);
    assert_eq!(reminders(&world).await, 1, "Bob's, and not hers");
}

#[actix_web::test]
async fn the_day_before_is_one_of_the_calendar_when_the_clocks_change() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let hours = json!({ "spans": [{ "weekday": 7, "opens": "00:00", "closes": "24:00", "staffed": true }] });
    staff.put("lab/opening-hours", hours).await.expect(200);
    world.clock.set("2026-10-20T06:00:00Z".parse().unwrap());
    let ada = world.maker("Ada").await;
    ada.books("scie", "2026-10-25 10:00-11:00").await.expect(201);
    // Saturday 10:00 on the wall is 25 hours before Sunday 10:00.
    world.clock.set("2026-10-24T08:00:00Z".parse().unwrap());
    assert_eq!(reminders(&world).await, 0);
    world.clock.set("2026-10-24T08:01:00Z".parse().unwrap());
    assert_eq!(reminders(&world).await, 1);
}
