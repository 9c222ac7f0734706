//! What other rooms learn of a member.

use etabli::people;

use crate::world::World;

#[tokio::test]
async fn everything_the_gates_ask_takes_two_statements() {
    let world = World::founded().await;
    let ada = world
        .member("ada")
        .born("2011-03-02")
        .with_consent()
        .unconfirmed()
        .on_plan("maker", "2024-01-01")
        .on_plan("autonome", "2026-01-01")
        .await;
    let (id, before) = (ada.id, world.app.store.statements());
    let today = "2026-03-02".parse().unwrap();
    let standing = world.app.store.read(move |db| people::standing(db, id, today)).await.unwrap().unwrap();
    let statements = world.app.store.statements() - before;
    assert!(statements <= 2 + 2, "{statements}: two, and on SQLite the snapshot around them");
    assert_eq!(standing.birth_date, Some("2011-03-02".parse().unwrap()));
    assert!(!standing.email_confirmed && standing.guardian_consent && standing.suspension.is_none());
    assert_eq!(standing.charter_version, Some(1));
    let held: Vec<_> = standing.memberships.iter().map(|held| held.plan.slug.as_str()).collect();
    assert_eq!(held, ["autonome"], "what ended before is left out");
}

#[tokio::test]
async fn a_member_is_found_by_address_or_identifier() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    for who in [ada.id.to_string(), " Ada@Example.org".to_owned()] {
        let found = world.app.store.read(move |db| people::find(db, &who)).await.unwrap();
        assert_eq!(found.unwrap().id, ada.id);
    }
    for who in ["nobody@example.org", "ada", ""] {
        assert!(world.app.store.read(move |db| people::find(db, who)).await.unwrap().is_none(), "{who}");
    }
}
