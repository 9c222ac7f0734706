//! The same thing twice, and what cannot be any more.

use futures_util::future::join_all;
use serde_json::json;

use crate::world::World;

#[actix_web::test]
async fn the_same_closure_is_made_once() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let closure = |reason: &str| {
        json!({ "workshop": "bois", "starts_at": "2026-03-05T08:00:00Z", "ends_at": "2026-03-05T18:00:00Z",
            "reason": reason })
    };
    let both =
        join_all(["peinture", "inventaire"].map(|reason| staff.post("closures", closure(reason)))).await;
    let mut statuses: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    staff.post("closures", closure("encore")).await.problem(409, "closure_exists");
    let mut whole = closure("tout");
    whole["workshop"] = json!(null);
    staff.post("closures", whole).await.expect(201);
}

#[actix_web::test]
async fn what_is_over_cannot_be_closed() {
    let world = World::with_lab().await;
    let past =
        json!({ "starts_at": "2026-03-01T08:00:00Z", "ends_at": "2026-03-02T08:00:00Z", "reason": "hier" });
    let problem = world.staff().await.post("closures", past).await.problem(422, "invalid_request");
    assert_eq!(
        (&problem["fields"][0]["path"], &problem["fields"][0]["code"]),
        (&json!("ends_at"), &json!("in_past"))
    );
}

#[actix_web::test]
async fn hours_are_not_emptied_by_who_has_not_read_them() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let empty = || json!({ "spans": [] });
    staff.put("lab/opening-hours", empty()).await.problem(428, "precondition_required");
    let tag = staff.get("lab").await.header("etag").to_owned();
    let request = staff.request(reqwest::Method::PUT, "lab/opening-hours").header("if-match", tag);
    crate::world::Answer::to(request.json(&empty())).await.expect(200);
}

#[actix_web::test]
async fn the_same_membership_is_given_once() {
    let world = World::with_lab().await;
    let (ada, staff) = (world.member("ada").await, world.staff().await);
    let plan = json!({ "slug": "mois", "name": { "fr": "Mois", "en": "Month" }, "duration_days": 30 });
    staff.post("plans", plan).await.expect(201);
    let path = format!("members/{}/memberships", ada.id);
    let from = |day: &str| json!({ "plan": "mois", "starts_on": day });
    let both = join_all([0, 1].map(|_| staff.post(&path, from("2026-03-02")))).await;
    let mut statuses: Vec<u16> = both.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    staff.post(&path, from("2026-03-02")).await.problem(409, "membership_exists");
    let next = staff.post(&path, from("2026-04-01")).await.expect(201);
    let end = format!("memberships/{}/end", next["id"].as_str().unwrap());
    staff.post(&end, json!({ "reason": "erreur" })).await.expect(200);
    staff.post(&path, from("2026-04-01")).await.expect(201);
}
