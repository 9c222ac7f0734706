//! What is open, busy and free.

use serde_json::json;

use crate::world::{Answer, World};

#[actix_web::test]
async fn a_day_shows_what_is_open_busy_and_free_without_names() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    let shown = world.stranger().get("machines/scie/calendar?from=2026-03-03&days=2").await;
    assert!(!shown.text().contains("Ada"));
    let shown = shown.expect(200);
    assert_eq!((&shown["machine"], &shown["time_zone"]), (&json!("scie"), &json!("Europe/Paris")));
    let day = &shown["days"][0];
    assert_eq!(day["date"], "2026-03-03");
    let busy = json!([{ "starts_at": "2026-03-03T09:00:00Z", "ends_at": "2026-03-03T10:00:00Z", "kind": "reservation" }]);
    assert_eq!(day["busy"], busy);
    let open = day["open"].as_array().unwrap();
    assert!(open.contains(
        &json!({ "starts_at": "2026-03-03T08:00:00Z", "ends_at": "2026-03-03T18:00:00Z", "staffed": true })
    ));
    let free = json!([
        { "starts_at": "2026-03-03T06:00:00Z", "ends_at": "2026-03-03T09:00:00Z" },
        { "starts_at": "2026-03-03T10:00:00Z", "ends_at": "2026-03-03T21:00:00Z" },
    ]);
    assert_eq!((&day["free"], &shown["slot_minutes"]), (&free, &json!(30)));
    assert_eq!(shown["days"].as_array().unwrap().len(), 2);
    let path = "machines/scie/calendar?from=2026-03-03&days=1&slots=true";
    let starts = world.stranger().get(path).await.expect(200);
    let starts = starts["days"][0]["free"].as_array().unwrap();
    assert_eq!(starts.len(), 28, "07:00 to 22:00 in half hours, less two");
    assert!(
        !starts.contains(&json!({ "starts_at": "2026-03-03T09:00:00Z", "ends_at": "2026-03-03T09:30:00Z" }))
    );
}

#[actix_web::test]
async fn clean_up_is_busy_too_and_the_past_is_not_free() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let closure = json!({ "machine": "laser", "starts_at": "2026-03-02T16:00:00Z", "ends_at": "2026-03-02T22:00:00Z", "reason": "réglage" });
    staff.post("closures", closure).await.expect(201);
    let shown = world.stranger().get("machines/laser/calendar?from=2026-03-02&days=1").await.expect(200);
    let free = shown["days"][0]["free"].as_array().unwrap();
    assert_eq!(free.first().unwrap()["starts_at"], "2026-03-02T08:00:00Z", "now is 09:00 in Paris");
    assert_eq!(free.last().unwrap()["ends_at"], "2026-03-02T16:00:00Z");
}

#[actix_web::test]
async fn a_reader_who_has_the_current_version_is_told_so_until_something_changes() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    for path in [
        "machines/scie/calendar?from=2026-03-03",
        "calendar?from=2026-03-03",
        "calendar?from=2026-03-03&workshop=bois",
    ] {
        let first = world.stranger().get(path).await;
        first.expect(200);
        let ask = || {
            let request = world.stranger().request(reqwest::Method::GET, path);
            Answer::to(request.header("If-None-Match", first.header("etag")))
        };
        ask().await.expect(304);
        let made = ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
        assert_eq!(ask().await.expect(200), world.stranger().get(path).await.expect(200));
        let cancel = format!("reservations/{}/cancellation", made["id"].as_str().unwrap());
        ada.post(&cancel, json!({})).await.expect(200);
    }
}

#[actix_web::test]
async fn a_day_of_every_machine_costs_the_same_statements_whatever_the_bookings() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let world = &world;
    let ask = |day: u32| async move {
        let path = format!("/api/v1/calendar?from=2026-03-{day:02}&days=1");
        let before = world.app.store.statements();
        let answer = world.stranger().get(&path).await.expect(200);
        assert_eq!(answer["machines"].as_array().unwrap().len(), 4);
        world.app.store.statements() - before
    };
    ask(2).await; // the timetable is read once
    let empty = ask(3).await;
    for hour in 9..14 {
        ada.books("scie", &format!("2026-03-04 {hour:02}:00-{:02}:00", hour + 1)).await.expect(201);
    }
    assert_eq!(ask(4).await, empty);
    assert!(empty <= 6, "{empty} statements");
}

#[actix_web::test]
async fn nothing_is_free_beyond_the_horizon() {
    let world = World::with_lab().await;
    // Today is 2 March; the sixtieth day from here is Friday 1 May, a holiday, so look a day on.
    world.clock.set("2026-03-03T08:00:00Z".parse().unwrap());
    let shown = world.stranger().get("machines/scie/calendar?from=2026-05-02&days=3").await.expect(200);
    let free = |day: usize| shown["days"][day]["free"].as_array().unwrap().len();
    assert_eq!((free(0), free(2)), (1, 0), "{shown}");
    world.clock.set("2026-03-05T23:00:00Z".parse().unwrap());
    let shown = world.stranger().get("machines/scie/calendar?from=2026-05-02&days=3").await.expect(200);
    assert_eq!(shown["days"][2]["free"].as_array().unwrap().len(), 1, "two days later it is: {shown}");
}

#[actix_web::test]
async fn the_calendar_of_all_machines_comes_a_page_at_a_time() {
    let world = World::with_lab().await;
    let stranger = world.stranger();
    let mut seen = Vec::new();
    let mut path = "calendar?from=2026-03-03&limit=3".to_owned();
    for _ in 0..2 {
        let shown = stranger.get(&path).await.expect(200);
        assert_eq!(stranger.get(&path).await.expect(200), shown, "from memory too");
        let names = shown["machines"].as_array().unwrap();
        seen.extend(names.iter().map(|one| one["machine"].as_str().unwrap().to_owned()));
        path = format!("calendar?from=2026-03-03&limit=3&after={}", shown["next"].as_str().unwrap_or("-"));
    }
    assert_eq!(seen, ["imprimante", "laser", "scie", "scie-2"]);
    stranger.get("calendar?after=bm9uc2Vuc2U").await.problem(422, "invalid_request");
    stranger.get("calendar?limit=201").await.problem(422, "invalid_request");
}

#[actix_web::test]
async fn too_many_days_and_unknown_machines_are_refused() {
    let world = World::with_lab().await;
    let stranger = world.stranger();
    stranger.get("machines/scie/calendar?days=32").await.problem(422, "invalid_request");
    stranger.get("machines/scie/calendar?from=0000-01-01").await.problem(422, "invalid_request");
    stranger.get("machines/scie/calendar?from=2026-02-30").await.problem(422, "invalid_request");
    stranger.get("machines/perceuse/calendar").await.problem(404, "not_found");
    stranger.get("calendar?workshop=metal").await.problem(422, "invalid_request");
    stranger.get("calendar?form=2026-03-03").await.problem(422, "unknown_field");
}

#[actix_web::test]
async fn days_of_clock_changes_have_their_real_length() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let hours = json!({ "spans": [{ "weekday": 7, "opens": "00:00", "closes": "24:00", "staffed": true }] });
    staff.put("lab/opening-hours", hours).await.expect(200);
    let days = [("2026-03-02", "2026-03-29", 46), ("2026-10-01", "2026-10-25", 50)];
    for (today, date, slots) in days {
        world.clock.set(format!("{today}T08:00:00Z").parse().unwrap());
        let path = format!("machines/scie/calendar?from={date}&days=1&slots=true");
        let shown = world.stranger().get(&path).await.expect(200);
        assert_eq!(shown["days"][0]["free"].as_array().unwrap().len(), slots, "{date}");
    }
}
