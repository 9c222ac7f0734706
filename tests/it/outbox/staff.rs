//! What staff see of the outbox, and what they can do.

use etabli::people::Role;
use serde_json::json;

use super::office::{Office, confirmation, note};
use crate::world::smtp::Mood;

#[tokio::test]
async fn staff_see_what_a_mail_server_refused_and_why() {
    let office = Office::open();
    office.server.mood(Mood::Refusing);
    office.post(note()).await;
    office.round().await;
    office.server.mood(Mood::Open);
    office.post(confirmation()).await;

    let staff = office.signed_in("staff@example.org", Some(Role::Staff)).await;
    let failed = staff.get("letters?state=failed").await.expect(200);
    assert_eq!(failed["items"].as_array().unwrap().len(), 1, "{failed}");
    let letter = &failed["items"][0];
    assert_eq!(
        (&letter["state"], &letter["kind"], &letter["to"]),
        (&json!("failed"), &json!("note"), &json!("ada@example.org"))
    );
    assert!(letter["last_error"].as_str().unwrap().contains("no such mailbox"), "{letter}");
    assert_eq!((&letter["next_at"], &letter["sent_at"]), (&json!(null), &json!(null)));
    let waiting = staff.get("letters?state=waiting").await.expect(200);
    assert_eq!(waiting["items"][0]["kind"], "reservation_confirmed");
    assert_eq!(waiting["items"][0]["next_at"], "2026-11-23T09:00:00Z");
}

#[tokio::test]
async fn staff_read_a_letter_but_not_the_link_that_only_its_reader_may_hold() {
    let office = Office::open();
    office.post(note().secret_link("Choisir un mot de passe", "/password?token=s3same")).await;
    let staff = office.signed_in("staff@example.org", Some(Role::Staff)).await;
    let id = office.letter().await.id;
    let letter = staff.get(&format!("letters/{id}")).await.expect(200);
    let text = letter["text"].as_str().unwrap();
    assert!(text.contains("Le four à céramique est réparé.") && !text.contains("s3same"), "{text}");
    assert_eq!(letter["subject"], "Une note à vous");
    staff.get("letters/0193a1b2-0000-7000-8000-000000000000").await.problem(404, "not_found");
}

#[tokio::test]
async fn a_letter_that_failed_is_tried_again_and_the_journal_knows_by_whom() {
    let office = Office::open();
    office.server.mood(Mood::Refusing);
    office.post(note()).await;
    office.round().await;
    let staff = office.signed_in("staff@example.org", Some(Role::Staff)).await;
    let id = office.letter().await.id;
    office.server.mood(Mood::Open);
    let letter = staff.post(&format!("letters/{id}/retry"), json!({})).await.expect(200);
    assert_eq!((&letter["state"], &letter["attempts"]), (&json!("waiting"), &json!(0)));
    assert_eq!(office.round().await.sent, 1);
    staff.post(&format!("letters/{id}/retry"), json!({})).await.problem(409, "letter_not_retryable");

    let admin = office.signed_in("admin@example.org", Some(Role::Admin)).await;
    let journal = admin.get(&format!("journal?subject={id}")).await.expect(200);
    assert_eq!(journal["items"].as_array().unwrap().len(), 1, "{journal}");
    let line = &journal["items"][0];
    let me = staff.get("me").await.expect(200);
    assert_eq!((&line["action"], &line["actor"]), (&json!("letter_retried"), &me["id"]));
    assert_eq!(line["subject"], json!({ "kind": "letter", "id": id }));
}

#[tokio::test]
async fn letters_come_a_page_at_a_time_newest_first() {
    let office = Office::open();
    for _ in 0..3 {
        office.post(note()).await;
    }
    let newest_first: Vec<String> =
        office.letters().await.iter().rev().map(|letter| letter.id.to_string()).collect();
    let staff = office.signed_in("staff@example.org", Some(Role::Staff)).await;
    let first = staff.get("letters?limit=2").await;
    let next = first.json()["next"].as_str().unwrap().to_owned();
    assert!(first.header("link").contains("rel=\"next\""));
    let second = staff.get(&format!("letters?limit=2&after={next}")).await.expect(200);
    let ids = |page: &serde_json::Value| -> Vec<String> {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|letter| letter["id"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!([ids(&first.json()), ids(&second)].concat(), newest_first);
    assert_eq!(second["next"], json!(null));
}

#[tokio::test]
async fn letters_are_for_staff_and_the_journal_is_for_admins() {
    let office = Office::open();
    office.post(note()).await;
    let id = office.letter().await.id;
    let retry = format!("letters/{id}/retry");
    let stranger = office.world.stranger();
    let member = office.signed_in("member@example.org", None).await;
    for path in ["letters".to_owned(), format!("letters/{id}"), "journal".to_owned()] {
        stranger.get(&path).await.problem(401, "unauthenticated");
        member.get(&path).await.problem(403, "forbidden");
    }
    stranger.post(&retry, json!({})).await.problem(401, "unauthenticated");
    member.post(&retry, json!({})).await.problem(403, "forbidden");
    let staff = office.signed_in("staff@example.org", Some(Role::Staff)).await;
    staff.get("journal").await.problem(403, "forbidden");
}
