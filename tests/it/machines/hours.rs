//! Opening hours and closures: by whom they were seen, and whether they make sense.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{Answer, World};

fn open(weekday: i32, opens: &str, closes: &str, staffed: bool) -> Json {
    json!({ "weekday": weekday, "opens": opens, "closes": closes, "staffed": staffed })
}

fn hours(spans: &[Json]) -> Json {
    json!({ "spans": spans })
}

#[actix_web::test]
async fn who_has_old_hours_does_not_replace_them() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let tag = staff.get("lab").await.header("etag").to_owned();
    let put = |tag: &str, closes: &str| {
        let request = staff.request(Method::PUT, "lab/opening-hours").header("if-match", tag);
        Answer::to(request.json(&hours(&[open(1, "09:00", closes, true)])))
    };
    put("\"x\"", "17:00").await.problem(412, "precondition_failed");
    let put_once = put(&tag, "17:00").await;
    put_once.expect(200);
    put(&tag, "18:00").await.problem(412, "precondition_failed");
    let seen = staff.get("lab").await;
    assert_eq!(seen.expect(200)["opening_hours"][0]["closes"], "17:00");
    assert_eq!(seen.header("etag"), put_once.header("etag"), "who wrote need not read again");
    put(seen.header("etag"), "18:00").await.expect(200);
}

#[actix_web::test]
async fn of_two_who_replace_the_same_hours_at_once_one_does() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    for _ in 0..5 {
        let tag = staff.get("lab").await.header("etag").to_owned();
        let answers = join_all((15..19).map(|hour| {
            let request = staff.request(Method::PUT, "lab/opening-hours").header("if-match", &tag);
            Answer::to(request.json(&hours(&[open(1, "09:00", &format!("{hour}:00"), true)])))
        }))
        .await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412, 412]);
    }
}

#[actix_web::test]
async fn who_has_old_closures_does_not_take_one_back() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let stale = staff.get("lab").await.header("etag").to_owned();
    let closure = json!({ "starts_at": "2026-03-03T08:00:00Z", "ends_at": "2026-03-03T18:00:00Z", "reason": "inventaire" });
    let made = staff.post("closures", closure).await;
    let reopen = |tag: &str| {
        Answer::to(staff.request(Method::DELETE, made.header("location")).header("if-match", tag))
    };
    reopen("\"x\"").await.problem(412, "precondition_failed");
    reopen(&stale).await.problem(412, "precondition_failed");
    let seen = staff.get("lab").await;
    assert_eq!(seen.expect(200)["closures"].as_array().unwrap().len(), 1);
    reopen(seen.header("etag")).await.expect(204);
    reopen("*").await.problem(404, "not_found");
}

#[actix_web::test]
async fn spans_of_one_sort_do_not_meet() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let put = |spans: Vec<Json>| {
        let staff = &staff;
        async move { staff.put("lab/opening-hours", hours(&spans)).await }
    };
    let morning = || open(1, "09:00", "12:00", true);
    let both = put(vec![open(2, "09:00", "12:00", true), morning(), open(1, "10:00", "13:00", true)]).await;
    let wrong = both.problem(422, "invalid_request");
    assert_eq!(wrong["fields"][0]["path"], "spans[2]");
    assert_eq!(wrong["fields"][0]["code"], "hours_overlap");
    assert!(wrong["fields"][0]["detail"].as_str().unwrap().contains("n° 2"), "{wrong}");
    put(vec![morning(), morning()]).await.problem(422, "invalid_request");
    put(vec![morning(), open(1, "12:00", "13:00", true), open(1, "08:00", "20:00", false)]).await.expect(200);
    let mut autumn = [morning(), open(1, "10:00", "13:00", true)];
    autumn[0]["valid_to"] = json!("2026-08-31");
    autumn[1]["valid_from"] = json!("2026-09-01");
    put(autumn.to_vec()).await.expect(200);
}
