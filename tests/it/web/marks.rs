//! Marks of pages that are none of ours.

use etabli::kernel::page::mark;

use crate::world::World;

#[actix_web::test]
async fn a_made_up_mark_is_a_wrong_field_and_never_a_fault() {
    let world = World::start();
    let course = world.training("bois").await;
    course.session(4).await;
    let admin = world.member("admin").admin().await;
    let lists = [
        "trainings/bois/sessions".to_owned(),
        "letters".to_owned(),
        "journal".to_owned(),
        "me/certifications".to_owned(),
        format!("members/{}/certifications", admin.id),
    ];
    let id = "0198c0de-0000-7000-8000-000000000000";
    for list in lists {
        for key in
            ["nonsense", "", &format!("-8000000000000000000 {id}"), &format!("-8000000000000000000.{id}")]
        {
            let problem =
                admin.get(&format!("{list}?after={}", mark(key))).await.problem(422, "invalid_request");
            assert_eq!(problem["fields"][0]["path"], "after", "{list} {key}");
        }
    }
    for list in ["trainings", "members"] {
        admin.get(&format!("{list}?after={}", mark("nonsense"))).await.expect(200);
    }
}

#[actix_web::test]
async fn a_date_from_another_age_is_a_wrong_field() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let ada = world.member("ada").on_plan("maker", "2026-01-01").await;
    let place = format!("members/{}", ada.id);
    let held = staff.get(&format!("{place}/memberships")).await.expect(200);
    let end = format!("memberships/{}/end", held["items"][0]["id"].as_str().unwrap());
    for date in ["-262143-01-01", "0001-01-01", "+262142-12-31"] {
        let born = serde_json::json!({ "birth_date": date });
        staff.patch(&place, born).await.problem(422, "invalid_request");
        for (path, body) in [
            (format!("{place}/memberships"), serde_json::json!({ "plan": "maker", "starts_on": date })),
            (
                format!("{place}/guardian-consent"),
                serde_json::json!({ "guardian_name": "x", "signed_on": date }),
            ),
            (end.clone(), serde_json::json!({ "reason": "x", "on": date })),
        ] {
            staff.post(&path, body).await.problem(422, "invalid_request");
        }
    }
}
