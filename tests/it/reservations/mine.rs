//! What of the free time is whose: calendars asked with a token, and the ways forward of a refusal, say what the rule
//! book says.

use serde_json::{Value as Json, json};

use crate::world::{World, people::Person};

/// The free time of a day for this member: hours in UTC, and the first gate that refuses.
async fn free(person: &Person<'_>, machine: &str, date: &str) -> Vec<(String, Option<String>)> {
    let shown = person.get(&format!("machines/{machine}/calendar?from={date}&days=1")).await.expect(200);
    let read = |span: &Json| {
        let hour = |name: &str| span[name].as_str().unwrap()[11..16].to_owned();
        let code = span["mine"]["code"].as_str().map(str::to_owned);
        assert_eq!(span["mine"]["bookable"], code.is_none(), "{span}");
        assert_eq!(span["mine"]["detail"].is_string(), code.is_some(), "{span}");
        (format!("{}-{}", hour("starts_at"), hour("ends_at")), code)
    };
    shown["days"][0]["free"].as_array().unwrap().iter().map(read).collect()
}

fn refused(hours: &str, code: &str) -> (String, Option<String>) {
    (hours.to_owned(), Some(code.to_owned()))
}

fn bookable(hours: &str) -> (String, Option<String>) {
    (hours.to_owned(), None)
}

#[actix_web::test]
async fn unstaffed_hours_are_free_and_only_for_some_to_take() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    let eve = world.member("Eve").on_plan("autonome", "2026-01-01").await;
    let novice = world.member("Novice").await;
    assert_eq!(
        free(&ada, "scie", "2026-03-03").await,
        [refused("06:00-08:00", "lab_closed"), bookable("08:00-18:00"), refused("18:00-21:00", "lab_closed")]
    );
    assert_eq!(free(&eve, "scie", "2026-03-03").await, [bookable("06:00-21:00")]);
    assert_eq!(free(&eve, "laser", "2026-03-03").await, [refused("06:00-21:00", "training_missing")]);
    let codes: Vec<_> = free(&novice, "scie", "2026-03-03").await.into_iter().map(|(_, code)| code).collect();
    assert!(codes.iter().all(Option::is_some), "{codes:?}");
}

#[actix_web::test]
async fn a_used_up_quota_and_an_own_booking_elsewhere_are_told_before_trying() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    ada.books("scie-2", "2026-03-03 10:00-12:00").await.expect(201);
    let day = free(&ada, "scie", "2026-03-03").await;
    assert!(day.contains(&refused("09:00-11:00", "member_elsewhere")), "{day:?}");
    for date in ["04", "05"] {
        ada.books("scie", &format!("2026-03-{date} 09:00-13:00")).await.expect(201);
    }
    ada.books("scie", "2026-03-06 09:00-10:30").await.expect(201);
    // Ten hours a week on one machine: half an hour is left.
    let day = free(&ada, "scie", "2026-03-07").await;
    assert!(day.contains(&bookable("08:00-18:00")), "{day:?}");
    ada.books("scie", "2026-03-06 11:00-11:30").await.expect(201);
    let day = free(&ada, "scie", "2026-03-07").await;
    assert!(day.contains(&refused("08:00-18:00", "quota_exceeded")), "{day:?}");
    assert!(free(&ada, "scie", "2026-03-09").await.contains(&bookable("08:00-18:00")), "a new week");
}

#[actix_web::test]
async fn a_step_that_is_no_start_can_be_the_end_of_a_booking() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    staff.patch("machines/scie", json!({ "rules": { "min_minutes": 60 } })).await.expect(200);
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    bob.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    bob.books("scie", "2026-03-03 11:30-12:30").await.expect(201);
    let day = free(&ada, "scie", "2026-03-03").await;
    assert!(day.contains(&bookable("08:00-09:00")), "{day:?}");
    assert!(day.contains(&refused("10:00-10:30", "machine_taken")), "too short for anybody: {day:?}");
    assert!(day.contains(&bookable("11:30-18:00")), "{day:?}");
}

#[actix_web::test]
async fn each_start_says_what_the_gates_say() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    staff.patch("machines/scie", json!({ "rules": { "min_minutes": 60 } })).await.expect(200);
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    bob.books("scie", "2026-03-02 14:00-15:00").await.expect(201);
    ada.books("scie-2", "2026-03-02 16:00-17:00").await.expect(201);
    let shown = ada.get("machines/scie/calendar?from=2026-03-02&days=1&slots=true").await.expect(200);
    let all = ada.get("calendar?from=2026-03-02&slots=true&workshop=bois").await.expect(200);
    let same = all["machines"].as_array().unwrap().iter().find(|one| one["machine"] == "scie");
    assert_eq!(same.unwrap(), &shown);
    let starts = shown["days"][0]["free"].as_array().unwrap();
    for (place, start) in starts.iter().enumerate() {
        let from: chrono::DateTime<chrono::Utc> = start["starts_at"].as_str().unwrap().parse().unwrap();
        let to = from + chrono::TimeDelta::hours(1);
        let time = |at: chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        let path = format!("machines/scie/gates?starts_at={}&ends_at={}", time(from), time(to));
        let said = ada.get(&path).await.expect(200);
        assert_eq!(start["mine"]["bookable"], said["passes"], "{place}: {start} {said}");
        let first = said["gates"].as_array().unwrap().iter().find(|gate| gate["passed"] == false);
        assert_eq!(start["mine"]["code"], first.map_or(Json::Null, |gate| gate["code"].clone()));
    }
    assert!(starts.iter().any(|start| start["mine"]["code"] == "member_elsewhere"));
}

#[actix_web::test]
async fn what_one_member_may_take_is_told_to_nobody_else() {
    let world = World::with_lab().await;
    let ada = world.maker("Ada").await;
    for path in ["machines/scie/calendar?from=2026-03-03", "calendar?from=2026-03-03"] {
        let hers = ada.get(path).await;
        assert!(hers.text().contains("mine"));
        let everybodys = world.stranger().get(path).await;
        assert!(!everybodys.text().contains("mine"));
        assert_ne!(hers.header("etag"), everybodys.header("etag"));
        let known = ada.request(reqwest::Method::GET, path).header("If-None-Match", hers.header("etag"));
        crate::world::Answer::to(known).await.expect(304);
        let gone = world.bearer("not a token").get(path).await;
        assert_eq!(gone.expect(200), everybodys.expect(200));
    }
}

/// Asks the gates about every alternative of a refusal: each passes.
async fn all_pass(person: &Person<'_>, refused: &Json) -> Vec<String> {
    let taken = &refused["refusals"][0];
    let offers = taken["alternatives"].as_array().cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for offer in offers {
        let text = |name: &str| offer[name].as_str().unwrap().to_owned();
        let (machine, from, to) = (text("machine"), text("starts_at"), text("ends_at"));
        let said = person.get(&format!("machines/{machine}/gates?starts_at={from}&ends_at={to}")).await;
        assert_eq!(said.expect(200)["passes"], true, "{offer}");
        shown.push(format!("{machine} {from}"));
    }
    shown
}

#[actix_web::test]
async fn every_way_forward_has_passed_the_rule_book() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let staff = world.staff().await;
    // A twin with another training, and one with another grid and another length.
    staff.patch("machines/laser", json!({ "kind": "scie" })).await.expect(200);
    staff
        .patch("machines/scie-2", json!({ "rules": { "grid_minutes": 60, "max_minutes": 60 } }))
        .await
        .expect(200);
    bob.books("scie", "2026-03-03 10:00-12:00").await.expect(201);
    // Her own booking next door.
    ada.books("scie-2", "2026-03-03 12:00-13:00").await.expect(201);
    let refused = ada.books("scie", "2026-03-03 10:30-11:30").await.problem(409, "machine_taken");
    assert_eq!(all_pass(&ada, &refused).await, ["scie-2 2026-03-03T09:00:00Z", "scie 2026-03-03T08:00:00Z"]);
    let refused = ada.books("scie", "2026-03-03 10:00-11:30").await.problem(409, "machine_taken");
    assert_eq!(all_pass(&ada, &refused).await, ["scie 2026-03-03T12:00:00Z"]);
    // On the last day of the horizon nothing later is offered, on the last evening nothing unstaffed.
    world.clock.set("2026-03-05T08:00:00Z".parse().unwrap());
    bob.books("scie", "2026-05-04 17:00-18:00").await.expect(201);
    let refused = ada.books("scie", "2026-05-04 17:00-18:00").await.problem(409, "machine_taken");
    let offers = all_pass(&ada, &refused).await;
    assert_eq!(offers.len(), 2, "{offers:?}");
}

#[actix_web::test]
async fn no_way_forward_is_offered_to_whom_every_time_would_be_refused() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    bob.books("scie", "2026-03-03 10:00-12:00").await.expect(201);
    let long = ada.books("scie", "2026-03-03 10:00-16:00").await.problem(409, "machine_taken");
    assert_eq!(all_pass(&ada, &long).await, [""; 0], "six hours are too long at any time");
}
