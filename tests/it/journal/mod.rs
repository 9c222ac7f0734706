//! The journal is append-only.

use diesel::{RunQueryDsl, sql_query};
use etabli::journal;
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
