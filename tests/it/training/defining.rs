//! `/trainings`.

use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, World};

#[actix_web::test]
async fn staff_make_and_change_a_training_and_everybody_reads_it() {
    let world = World::start();
    let staff = world.member("staff").staff().await;
    let body = json!({ "slug": "securite-bois", "name": { "fr": "Sécurité bois", "en": "Wood safety" }, "valid_months": 24 });
    let made = staff.post("trainings", body).await;
    assert_eq!(made.header("location"), "/api/v1/trainings/securite-bois");
    let id = made.expect(201)["id"].as_str().unwrap().to_owned();

    let seen = world.stranger().get("trainings/securite-bois").await.expect(200);
    assert_eq!((&seen["name"], &seen["valid_months"]), (&json!("Sécurité bois"), &json!(24)));
    let english =
        Answer::to(world.stranger().request(Method::GET, "trainings").header("accept-language", "en")).await;
    assert_eq!(english.expect(200)["items"][0]["name"], "Wood safety");

    let changed = staff.patch(&format!("trainings/{id}"), json!({ "valid_months": null })).await.expect(200);
    assert_eq!(changed["valid_months"], json!(null));
    assert_eq!(changed["names"], json!({ "fr": "Sécurité bois", "en": "Wood safety" }));
    let done: Vec<String> = world.journal_of(&id).await.into_iter().map(|(action, _)| action).collect();
    assert_eq!(done, ["training_created", "training_changed"]);
}

#[actix_web::test]
async fn a_slug_stands_for_one_training() {
    let world = World::start();
    let (wood, metal) = (world.training("bois").await, world.training("metal").await);
    let staff = world.member("staff").staff().await;
    let again = json!({ "slug": wood.slug, "name": { "fr": "x", "en": "x" } });
    staff.post("trainings", again).await.problem(409, "slug_taken");
    staff.patch("trainings/bois", json!({ "slug": metal.slug })).await.problem(409, "slug_taken");
    staff.get("trainings/bois").await.expect(200);
}

#[actix_web::test]
async fn a_training_that_moved_on_is_not_overwritten() {
    let world = World::start();
    world.training("bois").await;
    let staff = world.member("staff").staff().await;
    let first = staff.get("trainings/bois").await;
    let tag = first.header("etag").to_owned();
    let fresh = Answer::to(staff.request(Method::GET, "trainings/bois").header("if-none-match", &tag)).await;
    assert_eq!(fresh.status, 304);
    let write = |months: i32| {
        let request = staff.request(Method::PATCH, "trainings/bois").header("if-match", &tag);
        Answer::to(request.json(&json!({ "valid_months": months })))
    };
    write(12).await.expect(200);
    write(36).await.problem(412, "precondition_failed");
    assert_eq!(staff.get("trainings/bois").await.expect(200)["valid_months"], 12);
}

#[actix_web::test]
async fn bad_trainings_are_refused_field_by_field() {
    let world = World::start();
    let staff = world.member("staff").staff().await;
    let body = json!({ "slug": "Bois !", "name": { "fr": "", "en": "x" }, "valid_months": 0 });
    let problem = staff.post("trainings", body).await.problem(422, "invalid_request");
    let paths: Vec<_> = problem["fields"].as_array().unwrap().iter().map(|field| &field["path"]).collect();
    assert_eq!(paths, ["slug", "name.fr", "valid_months"]);
    for field in problem["fields"].as_array().unwrap() {
        assert!(!field["detail"].as_str().unwrap().starts_with("field-"), "{field}");
    }
}

#[actix_web::test]
async fn only_trainers_are_appointed_and_only_by_staff() {
    let world = World::start();
    let course = world.training("bois").await;
    let staff = world.member("staff").staff().await;
    let other = world.member("other").trainer().await;
    let ada = world.member("ada").await;
    let body = json!({ "members": [other.id, ada.email, "nobody@example.org"] });
    let problem = staff.put("trainings/bois/trainers", body).await.problem(422, "invalid_request");
    let told: Vec<_> =
        problem["fields"].as_array().unwrap().iter().map(|f| (&f["path"], &f["code"])).collect();
    let (one, two) =
        ((json!("members[1]"), json!("not_a_trainer")), (json!("members[2]"), json!("unknown_member")));
    assert_eq!(told, [(&one.0, &one.1), (&two.0, &two.1)]);

    let named = staff.put("trainings/bois/trainers", json!({ "members": [other.email] })).await.expect(200);
    assert_eq!(named["items"], json!([{ "id": other.id, "display_name": "other" }]));
    course.trainer.put("trainings/bois/trainers", json!({ "members": [] })).await.problem(403, "forbidden");
    world
        .stranger()
        .put("trainings/bois/trainers", json!({ "members": [] }))
        .await
        .problem(401, "unauthenticated");
    ada.post("trainings", json!({ "slug": "a", "name": { "fr": "a", "en": "a" } }))
        .await
        .problem(403, "forbidden");
}
