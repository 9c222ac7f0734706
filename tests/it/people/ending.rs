//! What is taken from a member before its time, and how they hear of it.

use chrono::TimeDelta;
use etabli::{
    kernel::{Clock, Locale},
    people::remind,
};
use serde_json::{Value as Json, json};

use crate::world::{World, people::Person};

async fn membership(staff: &Person<'_>, of: &Person<'_>) -> (String, Json) {
    let held = staff.get(&format!("members/{}/memberships", of.id)).await.expect(200);
    let held = held["items"][0].clone();
    (format!("memberships/{}/end", held["id"].as_str().unwrap()), held)
}

fn said(letter: &(String, Json)) -> String {
    letter.1["paragraphs"].to_string()
}

#[actix_web::test]
async fn a_membership_ends_early_with_a_reason_and_a_letter() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.maker("Ada").await, world.staff().await);
    let (end, before) = membership(&staff, &ada).await;
    assert_eq!(before["ends_on"], "2026-12-31");
    let hurt = ada.books("scie", "2026-03-10 10:00-11:00").await.expect(201);
    ada.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
    ada.post(&end, json!({ "reason": "moi" })).await.problem(403, "forbidden");
    staff.post(&end, json!({ "reason": " " })).await.problem(422, "invalid_request");

    let ended = staff.post(&end, json!({ "reason": "déménagement", "on": "2026-03-05" })).await.expect(200);
    assert_eq!(ended["ends_on"], "2026-03-05");
    let affected = staff.get("reservations/affected").await.expect(200);
    assert_eq!(affected["items"].as_array().unwrap().len(), 1);
    assert_eq!(affected["items"][0]["reservation"]["id"], hurt["id"]);
    let letters = world.letters_to(&ada.email).await;
    let letter = letters.iter().find(|(kind, _)| kind == "membership_ended").unwrap();
    assert!(
        said(letter).contains("jeudi 5 mars 2026") && said(letter).contains("déménagement"),
        "{letter:?}"
    );
    let written = world.journal_of(&ada.id.to_string()).await;
    assert_eq!(written.last().unwrap(), &("membership_ended".to_owned(), Some("déménagement".to_owned())));
}

#[actix_web::test]
async fn a_membership_ends_once_today_or_before_it_began() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let (ada, eve) = (
        world.member("ada").on_plan("maker", "2026-01-01").await,
        world.member("eve").on_plan("maker", "2026-04-01").await,
    );
    let (end, _) = membership(&staff, &ada).await;
    let wrong = [("2025-12-30", "before_membership"), ("2026-12-31", "membership_ends_already")];
    for (on, code) in wrong {
        let problem =
            staff.post(&end, json!({ "reason": "x", "on": on })).await.problem(422, "invalid_request");
        assert_eq!(
            (&problem["fields"][0]["path"], &problem["fields"][0]["code"]),
            (&json!("on"), &json!(code))
        );
    }
    assert_eq!(staff.post(&end, json!({ "reason": "x" })).await.expect(200)["ends_on"], "2026-03-02");
    staff.post(&end, json!({ "reason": "x" })).await.problem(422, "invalid_request");
    let (never, _) = membership(&staff, &eve).await;
    assert_eq!(staff.post(&never, json!({ "reason": "x" })).await.expect(200)["ends_on"], "2026-03-31");
    let nobody = "memberships/0198c0de-0000-7000-8000-000000000000/end";
    staff.post(nobody, json!({ "reason": "x" })).await.problem(404, "not_found");

    // Who was told that it ends is not told that it ends soon.
    world.clock.advance(TimeDelta::days(10));
    let now = world.clock.now();
    world.app.store.write(move |db| remind::due(db, now)).await.unwrap();
    assert_eq!(world.letters_to(&eve.email).await.len(), 1);
}

#[actix_web::test]
async fn a_suspended_member_is_told_why_and_until_when_and_not_by_whom() {
    let world = World::founded().await;
    let staff = world.member("severe").staff().await;
    let (ada, grace) = (world.member("ada").await, world.member("grace").speaks(Locale::En).await);
    let until = json!({ "reason": "Machine laissée en marche", "until": "2026-04-01T10:00:00Z" });
    staff.post(&format!("members/{}/suspension", ada.id), until).await.expect(200);
    staff.post(&format!("members/{}/suspension", grace.id), json!({ "reason": "Goggles" })).await.expect(200);
    let told = world.letters_to(&ada.email).await.remove(0);
    assert_eq!(told.0, "account_suspended");
    assert!(
        said(&told).contains("Machine laissée en marche") && said(&told).contains("1er avril"),
        "{told:?}"
    );
    assert!(!told.1.to_string().contains("severe"));
    let told = world.letters_to(&grace.email).await.remove(0);
    assert!(said(&told).contains("Goggles") && said(&told).contains("until the team lifts it"), "{told:?}");
}
