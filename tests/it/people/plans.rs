//! What memberships are given under.

use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World};

fn maker() -> Json {
    json!({ "slug": "maker", "name": { "fr": "Maker", "en": "Maker" }, "duration_days": 365, "weekly_minutes": 600 })
}

#[tokio::test]
async fn staff_make_plans_and_everybody_reads_them() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let made = staff.post("plans", maker()).await;
    assert_eq!(made.header("location"), "/api/v1/plans/maker");
    assert_eq!(made.expect(201)["weekly_minutes"], 600);
    staff.post("plans", maker()).await.problem(409, "slug_taken");
    world.member("ada").await.post("plans", maker()).await.problem(403, "forbidden");
    let plans = world.stranger().get("plans").await.expect(200);
    assert_eq!(plans["items"][0]["slug"], "maker");
}

#[tokio::test]
async fn a_plan_is_changed_by_who_read_it_last() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let tag = staff.post("plans", maker()).await.header("etag").to_owned();
    let change = |body: Json| {
        Answer::to(staff.request(Method::PATCH, "plans/maker").header("If-Match", &tag).json(&body))
    };
    let plan = change(json!({ "weekly_minutes": null, "active": false })).await.expect(200);
    assert_eq!((&plan["weekly_minutes"], &plan["active"]), (&json!(null), &json!(false)));
    assert_eq!(plan["duration_days"], 365);
    change(json!({ "active": true })).await.problem(412, "precondition_failed");

    let ada = world.member("ada").await;
    let given = json!({ "plan": "maker", "starts_on": "2026-03-02" });
    let problem =
        staff.post(&format!("members/{}/memberships", ada.id), given).await.problem(422, "invalid_request");
    assert_eq!(problem["fields"][0]["code"], "plan_inactive");
}

#[tokio::test]
async fn a_plan_with_absurd_terms_is_refused() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let wrong = [
        ("slug", json!("No Way")),
        ("duration_days", json!(0)),
        ("duration_days", json!(99_999)),
        ("weekly_minutes", json!(0)),
    ];
    for (field, value) in wrong {
        let mut plan = maker();
        plan[field] = value;
        let problem = staff.post("plans", plan).await.problem(422, "invalid_request");
        assert_eq!(problem["fields"][0]["path"], field);
    }
}

#[tokio::test]
async fn of_two_who_read_the_same_plan_one_changes_it() {
    let world = World::founded().await;
    let staff = world.member("staff").staff().await;
    let mut tag = staff.post("plans", maker()).await.header("etag").to_owned();
    for _ in 0..5 {
        let change = |minutes: i32| {
            let request = staff.request(Method::PATCH, "plans/maker").header("If-Match", &tag);
            Answer::to(request.json(&json!({ "weekly_minutes": minutes })))
        };
        let answers = futures_util::future::join_all([change(1), change(2), change(3), change(4)]).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412]);
        tag = staff.get("plans/maker").await.header("etag").to_owned();
    }
}
