//! What staff see and do, and what is written down of it.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{kernel::MemberId, store::schema::journal};
use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World};

async fn deeds(world: &World, subject: MemberId) -> Vec<(String, Option<String>)> {
    let lines = world.app.store.read(move |db| {
        Ok(journal::table
            .filter(journal::subject_id.eq(subject.cast::<etabli::kernel::nouns::Member>()))
            .filter(journal::actor_id.is_not_null())
            .order(journal::id)
            .select((journal::action, journal::reason))
            .load(db)?)
    });
    lines.await.unwrap()
}

#[tokio::test]
async fn makers_see_nothing_of_others() {
    let world = World::founded().await;
    let (ada, eve) = (world.member("ada").await, world.member("eve").leader().trainer().await);
    eve.get("members").await.problem(403, "forbidden");
    eve.get(&format!("members/{}", ada.id)).await.problem(403, "forbidden");
    world.stranger().get("members").await.problem(401, "unauthenticated");
}

#[tokio::test]
async fn staff_find_members_by_pieces_of_name_and_address_without_accents() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let zoe = world.member("zoe").await;
    staff
        .patch(&format!("members/{}", zoe.id), json!({ "display_name": "Zoé Élise Dupont" }))
        .await
        .expect(200);
    world.member("bob").await;
    for words in ["elise%20dup", "DUPONT%20zo%C3%A9", "zoe@example", "zoe@example.org", "zoe%20example%20org"]
    {
        let found = staff.get(&format!("members?q={words}")).await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "{words}");
        assert_eq!(found["items"][0]["id"], json!(zoe.id));
    }
    let nobody = staff.get("members?q=lise").await.expect(200);
    assert!(nobody["items"].as_array().unwrap().is_empty(), "words are found by how they begin");
    for words in ["%25", "_", "%5C", "zoe%20bob"] {
        let found = staff.get(&format!("members?q={words}")).await.expect(200);
        assert!(found["items"].as_array().unwrap().is_empty(), "{words} is a letter, not a sign");
    }
    staff.patch(&format!("members/{}", zoe.id), json!({ "display_name": "Zoé Martin" })).await.expect(200);
    for (words, many) in [("dupont", 0), ("martin", 1), ("zo", 1)] {
        let found = staff.get(&format!("members?q={words}")).await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), many, "{words}");
    }
    let found = staff.get("members?role=staff").await.expect(200);
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn members_are_listed_a_page_at_a_time() {
    let world = World::founded().await;
    let staff = world.member("z-staff").staff().await;
    for name in ["a", "b", "c", "d"] {
        world.member(name).await;
    }
    let (mut seen, mut path) = (Vec::new(), "members?limit=2".to_owned());
    loop {
        let page = staff.get(&path).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["display_name"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("members?limit=2&after={next}");
    }
    assert_eq!(seen, ["a", "b", "c", "d", "z-staff"]);
}

#[tokio::test]
async fn only_admins_give_roles_and_the_last_one_stays() {
    let world = World::founded().await;
    let (root, staff) = (world.member("root").admin().await, world.member("staff").staff().await);
    let ada = world.member("ada").await;
    let place = format!("members/{}", ada.id);
    staff.patch(&place, json!({ "roles": ["trainer"] })).await.problem(403, "forbidden");
    let member = root.patch(&place, json!({ "roles": ["trainer", "admin"] })).await.expect(200);
    assert_eq!(member["roles"], json!(["trainer", "admin"]));
    root.patch(&format!("members/{}", root.id), json!({ "roles": [] })).await.expect(200);
    root.get("members").await.problem(403, "forbidden");
    ada.patch(&place, json!({ "roles": ["trainer"] })).await.problem(409, "last_admin");
    assert_eq!(deeds(&world, ada.id).await, [("roles_changed".to_owned(), None)]);
}

#[tokio::test]
async fn two_admins_who_resign_at_once_leave_one() {
    let world = World::founded().await;
    for round in 0..5 {
        let one = world.member(&format!("one{round}")).admin().await;
        let other = world.member(&format!("other{round}")).admin().await;
        let (place, other_place) = (format!("members/{}", one.id), format!("members/{}", other.id));
        let resign = json!({ "roles": [] });
        let (first, second) =
            tokio::join!(one.patch(&place, resign.clone()), other.patch(&other_place, resign));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        // The one who stayed makes room for the next round.
        let stayed = if first.status == 409 { one.id } else { other.id };
        world
            .app
            .store
            .write(move |db| {
                diesel::delete(
                    etabli::store::schema::member_role::table
                        .filter(etabli::store::schema::member_role::member_id.eq(stayed)),
                )
                .execute(db)?;
                Ok(())
            })
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn staff_do_not_touch_admins() {
    let world = World::founded().await;
    let (root, staff) = (world.member("root").admin().await, world.member("staff").staff().await);
    let place = format!("members/{}", root.id);
    staff.patch(&place, json!({ "display_name": "Nobody" })).await.problem(403, "forbidden");
    staff.post(&format!("{place}/suspension"), json!({ "reason": "no" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_suspended_member_still_sees_their_things_and_the_reason() {
    let world = World::founded().await;
    let (staff, ada) = (world.member("staff").staff().await, world.member("ada").await);
    let place = format!("members/{}/suspension", ada.id);
    let past = json!({ "reason": "Lunettes", "until": "2026-03-02T07:00:00Z" });
    staff.post(&place, past).await.problem(422, "invalid_request");
    let until = json!({ "reason": "Machine laissée en marche", "until": "2026-04-01T00:00:00Z" });
    staff.post(&place, until).await.expect(200);
    let me = ada.get("me").await.expect(200);
    assert_eq!(me["suspension"]["reason"], "Machine laissée en marche");
    assert_eq!(me["suspension"]["until"], "2026-04-01T00:00:00Z");
    staff.delete(&place).await.expect(204);
    staff.delete(&place).await.problem(404, "not_found");
    assert_eq!(ada.get("me").await.expect(200)["suspension"], json!(null));
    let expected = [("member_suspended", Some("Machine laissée en marche")), ("suspension_lifted", None)];
    let written = deeds(&world, ada.id).await;
    assert!(written.iter().map(|(action, reason)| (action.as_str(), reason.as_deref())).eq(expected));
}

#[tokio::test]
async fn a_guardian_signs_for_a_minor() {
    let world = World::founded().await;
    let (staff, kid) = (world.member("staff").staff().await, world.member("kid").born("2011-03-02").await);
    let place = format!("members/{}/guardian-consent", kid.id);
    let tomorrow = json!({ "guardian_name": "Byron", "signed_on": "2026-03-03" });
    let problem = staff.post(&place, tomorrow).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "in_the_future");
    let member =
        staff.post(&place, json!({ "guardian_name": "Byron", "signed_on": "2026-03-01" })).await.expect(200);
    assert_eq!(member["guardian_consent"]["guardian_name"], "Byron");
    assert_eq!(member["guardian_consent"]["given_at"], "2026-02-28T23:00:00Z");
    kid.post(&place, json!({ "guardian_name": "Me" })).await.problem(403, "forbidden");
}

#[tokio::test]
async fn a_stale_version_is_stopped_and_the_journal_names_fields_only() {
    let world = World::founded().await;
    let (staff, ada) = (world.member("staff").staff().await, world.member("ada").await);
    let place = format!("members/{}", ada.id);
    let tag = staff.get(&place).await.header("etag").to_owned();
    let change = |commune: &'static str| {
        let request = staff.request(Method::PATCH, &place).header("If-Match", &tag);
        Answer::to(request.json(&json!({ "commune": commune })))
    };
    change("Noyon").await.expect(200);
    change("Paris").await.problem(412, "precondition_failed");
    let details = world.app.store.read(|db| {
        Ok(journal::table
            .filter(journal::action.eq("member_changed"))
            .select(journal::details)
            .load::<String>(db)?)
    });
    assert_eq!(details.await.unwrap(), [r#"{"fields":["commune"]}"#]);
}

#[tokio::test]
async fn a_membership_lasts_as_long_as_its_plan() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let ada = world.member("ada").on_plan("maker", "2025-01-01").await;
    let place = format!("members/{}/memberships", ada.id);
    let given = staff.post(&place, json!({ "plan": "maker", "starts_on": "2026-03-02", "paid": true })).await;
    assert_eq!(given.expect(201)["ends_on"], "2027-03-01");
    for (body, code) in [
        (json!({ "plan": "nothing", "starts_on": "2026-03-02" }), "unknown_plan"),
        (json!({ "plan": "maker", "starts_on": "9999-03-02" }), "date_implausible"),
    ] {
        let problem = staff.post(&place, body).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["code"], code);
    }
    ada.post(&place, json!({ "plan": "maker", "starts_on": "2026-03-02" })).await.problem(403, "forbidden");
    assert_eq!(staff.get(&place).await.expect(200)["items"].as_array().unwrap().len(), 2);
    assert_eq!(deeds(&world, ada.id).await, [("membership_given".to_owned(), None)]);
}
