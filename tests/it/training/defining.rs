//! `/trainings`.

use etabli::kernel::Locale;
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
async fn a_version_is_the_same_in_both_languages_and_its_words_are_not() {
    let world = World::start();
    let course = world.training("bois").await;
    let staff = world.member("staff").staff().await;
    staff.patch("trainings/bois", json!({ "name": { "fr": "Bois", "en": "Wood" } })).await.expect(200);
    let session = format!("training-sessions/{}", course.session(4).await);
    for (path, change) in
        [("trainings/bois", json!({ "valid_months": 7 })), (&session, json!({ "seats": 5 }))]
    {
        let read = |language: &'static str, held: String| {
            let request = staff.request(Method::GET, path).header("accept-language", language);
            Answer::to(request.header("if-none-match", held))
        };
        let english = read("en", String::new()).await;
        let tag = english.header("etag").to_owned();
        assert!(english.text().contains("Wood"), "{}", english.text());
        assert_eq!(read("en", tag.clone()).await.status, 304);
        let french = read("fr", tag.clone()).await;
        assert!(french.status == 200 && french.text().contains("Bois"), "{}", french.text());
        let write = |change| {
            let request = staff.request(Method::PATCH, path).header("accept-language", "fr");
            Answer::to(request.header("if-match", &tag).json(change))
        };
        write(&change).await.expect(200);
        write(&change).await.problem(412, "precondition_failed");
    }
}

#[actix_web::test]
async fn who_is_signed_in_is_answered_in_their_language_unless_they_ask_for_another() {
    let world = World::start();
    let staff = world.member("staff").staff().speaks(Locale::En).await;
    let body = json!({ "slug": "bois", "name": { "fr": "Bois", "en": "Wood" } });
    let made = staff.post("trainings", body).await;
    assert_eq!((made.header("content-language"), &made.expect(201)["name"]), ("en", &json!("Wood")));
    let asked = staff.request(Method::PATCH, "trainings/bois").header("accept-language", "fr");
    assert_eq!(Answer::to(asked.json(&json!({}))).await.expect(200)["name"], "Bois");
    // What everybody may read, too; and a session that nobody knows keeps nobody from it.
    assert_eq!(staff.get("trainings/bois").await.expect(200)["name"], "Wood");
    let unknown = world.stranger().request(Method::GET, "trainings/bois").bearer_auth("unknown");
    assert_eq!(Answer::to(unknown).await.expect(200)["name"], "Bois");
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
