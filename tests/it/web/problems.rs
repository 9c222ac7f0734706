//! How the house says no.

use etabli::kernel::Code;
use reqwest::Method;
use strum::VariantArray;

use super::things::world;
use crate::world::Answer;

#[tokio::test]
async fn an_unknown_path_is_a_problem_in_french_unless_asked_otherwise() {
    let world = world();
    let french = world.stranger().get("nowhere?secret=1").await;
    let problem = french.problem(404, "not_found");
    assert_eq!(
        (problem["title"].as_str().unwrap(), french.header("content-language")),
        ("Introuvable", "fr")
    );
    assert_eq!(problem["instance"], "/api/v1/nowhere");
    let request = world
        .stranger()
        .request(Method::GET, "nowhere")
        .header("accept-language", "de, en-GB;q=0.8, fr;q=0.1");
    let english = Answer::to(request).await;
    assert_eq!(english.problem(404, "not_found")["title"], "Not found");
    assert_eq!(english.header("content-language"), "en");
    assert!(english.headers.get_all("vary").iter().any(|vary| vary == "Accept-Language"));
}

#[tokio::test]
async fn a_member_is_answered_in_the_members_language_when_the_browser_names_neither() {
    let world = world();
    let ask = |language: &'static str| {
        Answer::to(world.stranger().request(Method::GET, "english").header("accept-language", language))
    };
    let (german, french) = (ask("de").await, ask("fr").await);
    assert_eq!((german.header("content-language"), german.status), ("en", 403));
    assert_eq!(german.problem(403, "forbidden")["title"], "Not allowed");
    assert_eq!((french.header("content-language"), french.status), ("fr", 200));
}

#[tokio::test]
async fn several_refusals_are_told_at_once_in_the_order_of_the_rule_book() {
    let world = world();
    let problem = world.stranger().get("refuses").await.problem(409, "machine_taken");
    let refusals = problem["refusals"].as_array().unwrap();
    assert_eq!((&refusals[0]["code"], &refusals[1]["code"]), (&"machine_taken".into(), &"too_long".into()));
    assert_eq!(refusals[0]["remedy"]["href"], "/x");
    assert_eq!(refusals[1]["max_minutes"], 90);
    assert_eq!(refusals[1]["detail"], "Cette durée est trop longue. Le maximum est de 1 h 30.");
    assert_eq!(problem["detail"], refusals[0]["detail"]);
}

#[tokio::test]
async fn a_fault_shows_nothing_of_itself() {
    let world = world();
    for (method, path) in [(Method::POST, "breaks"), (Method::GET, "panics")] {
        let answer = Answer::to(world.stranger().request(method, path).header("accept-language", "en")).await;
        let problem = answer.problem(500, "internal_error");
        assert_eq!(problem["request_id"], answer.header("x-request-id"), "{path}");
        assert!(!answer.header("x-request-id").is_empty());
        assert!(!answer.text().contains("4711"), "{}", answer.text());
        assert_eq!((answer.header("content-language"), answer.header("cache-control")), ("en", "no-store"));
    }
    world.stranger().get("things").await.expect(200);
}

#[tokio::test]
async fn every_answer_has_an_id_of_its_own() {
    let world = world();
    let mut ids = Vec::new();
    for path in ["things", "nowhere", "/health/live", "/api"] {
        let answer = world.stranger().get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        ids.push(answer.header("x-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert!(ids.len() == 4 && ids.iter().all(|id| id.len() == 36), "{ids:?}");
}

#[tokio::test]
async fn the_type_of_a_problem_leads_to_a_page_that_explains_it() {
    let world = world();
    for code in Code::VARIANTS {
        let page = world.stranger().get(&format!("/problems/{}", code.as_str())).await;
        assert_eq!((page.status, page.header("content-language")), (200, "fr"), "{code:?}");
        assert!(page.header("content-type").starts_with("text/html"));
        assert!(page.text().contains(&format!("<code>{}</code>, HTTP {}", code.as_str(), code.status())));
    }
    world.stranger().get("/problems/sorcery").await.problem(404, "not_found");
}
