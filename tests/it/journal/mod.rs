//! The journal: append-only, and read by admins.

use chrono::TimeDelta;
use diesel::{RunQueryDsl, sql_query};
use etabli::{journal, people::Role};
use uuid::Uuid;

use crate::outbox::office::Office;

#[tokio::test]
async fn a_line_of_the_journal_can_be_neither_changed_nor_removed() {
    let office = Office::open();
    let at = office.now();
    let entry = move || journal::Entry {
        at,
        actor: None,
        action: "machine_broken",
        subject_kind: "machine",
        subject: Uuid::now_v7(),
        reason: Some("belt torn".into()),
        details: serde_json::json!({ "belt": 2 }),
    };
    office.app.store.write(move |db| journal::note(db, entry())).await.unwrap();
    for statement in ["UPDATE journal SET reason = 'nothing happened'", "DELETE FROM journal"] {
        let done = office.app.store.write(move |db| Ok(sql_query(statement).execute(db)?)).await;
        let error = format!("{:?}", done.unwrap_err());
        assert!(error.contains("journal_append_only"), "{statement}: {error}");
    }
    let lines = office.app.store.read(|db| {
        use diesel::QueryDsl;
        Ok(etabli::store::schema::journal::table.count().get_result::<i64>(db)?)
    });
    assert_eq!(lines.await.unwrap(), 1);
}

#[tokio::test]
async fn the_journal_is_read_newest_first_by_subject_and_since_when() {
    let office = Office::open();
    let machine = Uuid::now_v7();
    for day in 0..5 {
        let at = office.now() + TimeDelta::days(day);
        let subject = if day == 3 { Uuid::now_v7() } else { machine };
        let entry = move || journal::Entry {
            at,
            actor: None,
            action: "machine_broken",
            subject_kind: "machine",
            subject,
            reason: None,
            details: serde_json::json!({ "day": day }),
        };
        office.app.store.write(move |db| journal::note(db, entry())).await.unwrap();
    }
    let admin = office.signed_in("admin@example.org", Some(Role::Admin)).await;
    let days = async |query: &str| -> (Vec<i64>, Option<String>) {
        let page = admin.get(&format!("journal?{query}")).await.expect(200);
        let lines = page["items"].as_array().unwrap().iter();
        let days = lines.filter_map(|line| line["details"]["day"].as_i64()).collect();
        (days, page["next"].as_str().map(str::to_owned))
    };
    assert_eq!(days(&format!("subject={machine}")).await.0, [4, 2, 1, 0]);
    assert_eq!(days("from=2026-11-25T09:00:00Z").await.0, [4, 3, 2]);
    let (first, next) = days(&format!("subject={machine}&limit=3")).await;
    assert_eq!(first, [4, 2, 1]);
    assert_eq!(days(&format!("subject={machine}&limit=3&after={}", next.unwrap())).await, (vec![0], None));
}
