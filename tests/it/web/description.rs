//! The description and the reference page.

use serde_json::Value as Json;

use super::things;
use crate::world::World;

#[tokio::test]
async fn the_description_names_common_answers_and_parameters() {
    let world = things::world();
    let api = world.stranger().get("/api/openapi.json").await.expect(200);
    assert_eq!(api["openapi"].as_str().unwrap().get(..3), Some("3.1"));
    let add = &api["paths"]["/api/v1/things"]["post"];
    for status in ["201", "400", "401", "403", "409", "413", "415", "422", "429", "500", "503"] {
        assert!(add["responses"].get(status).is_some(), "{status} of {add}");
    }
    let body = &add["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(body, "#/components/schemas/ThingIn");
    let names = |operation: &Json| -> Vec<String> {
        operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(add), ["Accept-Language", "Idempotency-Key"]);
    let list = &api["paths"]["/api/v1/things"]["get"];
    assert_eq!(names(list), ["limit", "after", "from", "Accept-Language"]);
    assert!(list["responses"].get("401").is_none() && list["responses"].get("422").is_some(), "{list}");
    let change = &api["paths"]["/api/v1/things/{id}"]["patch"];
    assert!(
        change["responses"].get("412").is_some() && names(change).contains(&"If-Match".into()),
        "{change}"
    );
    let remove = &api["paths"]["/api/v1/things/{id}"]["delete"];
    assert!(
        remove["responses"].get("412").is_none() && !names(remove).contains(&"If-Match".into()),
        "{remove}"
    );
}

#[tokio::test]
async fn every_reference_in_the_description_leads_somewhere() {
    let world = things::world();
    let api = world.stranger().get("/api/openapi.json").await.expect(200);
    let mut references = Vec::new();
    collect(&api, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        assert!(api.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
    }
    let mut ids: Vec<&str> = Vec::new();
    for item in api["paths"].as_object().unwrap().values() {
        ids.extend(
            item.as_object().unwrap().values().filter_map(|operation| operation["operationId"].as_str()),
        );
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

fn collect(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                match member {
                    Json::String(reference) if name == "$ref" => found.push(reference.clone()),
                    other => collect(other, found),
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn the_reference_page_loads_nothing_from_elsewhere() {
    let world = World::start();
    let page = world.stranger().get("/api").await;
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'self';"));
    let html = page.text();
    let mut loaded = 0;
    for attribute in ["src=\"", "href=\""] {
        for link in html.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap()) {
            // Relative to the page, so that a proxy may put the server under a path of its own.
            assert!(link.starts_with("api/") || link == "data:,", "{link}");
            if link.starts_with("api/") {
                loaded += 1;
                let file = world.stranger().get(&format!("/{link}")).await;
                assert!(file.status == 200 && !file.body.is_empty(), "{link}");
            }
        }
    }
    assert_eq!(loaded, 4);
    assert!(!html.contains("http://") && !html.contains("https://"));
    world.stranger().get("/api/reference/index.html").await.problem(404, "not_found");
}

/// Every operation of the house, with its method and path.
fn operations(api: &Json) -> Vec<(String, &Json)> {
    let mut all = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((format!("{} {path}", method.to_uppercase()), operation));
        }
    }
    assert!(all.len() > 100);
    all
}

fn says(thing: &Json, name: &str) -> bool {
    thing[name].as_str().is_some_and(|text| text.trim().len() > 3)
}

#[tokio::test]
async fn every_operation_says_what_it_does_and_what_it_answers() {
    let api = World::start().stranger().get("/api/openapi.json").await.expect(200);
    let tags: Vec<&str> =
        api["tags"].as_array().unwrap().iter().map(|tag| tag["name"].as_str().unwrap()).collect();
    for tag in api["tags"].as_array().unwrap() {
        assert!(says(tag, "description"), "no words for {tag}: add them in src/web/openapi/tags.rs");
    }
    for (name, operation) in operations(&api) {
        assert!(says(operation, "summary"), "{name} has no summary: its handler's first sentence");
        assert!(says(operation, "description"), "{name} has no description: write one above its handler");
        assert!(operation["security"].is_array(), "{name} does not say who may ask");
        let tag = operation["tags"][0].as_str().unwrap();
        assert!(tags.contains(&tag), "{name} stands under {tag}");
        for (status, answer) in operation["responses"].as_object().unwrap() {
            let answer = answer["$ref"].as_str().map_or(answer, |r| api.pointer(&r[1..]).unwrap());
            assert!(says(answer, "description"), "{status} of {name} has no description");
            let with = |header: &str| answer["headers"].get(header).is_some();
            assert!(status != "201" || with("Location"), "{name}");
            assert!(status != "401" || with("WWW-Authenticate"), "{name}");
            assert!(!["429", "503"].contains(&status.as_str()) || with("Retry-After"), "{status} of {name}");
        }
        let paged = operation["parameters"].as_array().into_iter().flatten().any(|p| p["name"] == "after");
        assert_eq!(operation["responses"]["200"]["headers"].get("Link").is_some(), paged, "{name}");
    }
    assert_eq!(api["servers"][0]["url"], "/");
}

#[tokio::test]
async fn every_body_has_an_example_with_all_that_it_needs() {
    let api = World::start().stranger().get("/api/openapi.json").await.expect(200);
    let mut bodies = 0;
    for (name, operation) in operations(&api) {
        for content in
            operation["requestBody"]["content"].as_object().into_iter().flat_map(|map| map.values())
        {
            let schema = content["schema"]["$ref"].as_str().map(|r| api.pointer(&r[1..]).unwrap()).unwrap();
            let example = content["example"].as_object().unwrap_or_else(|| panic!("{name} has no example"));
            assert!(!example.is_empty(), "{name}");
            for field in schema["required"].as_array().into_iter().flatten() {
                assert!(
                    example.contains_key(field.as_str().unwrap()),
                    "{field} is missing in the example of {name}"
                );
            }
            assert!(!format!("{example:?}").contains("null"), "{name}: {example:?}");
            bodies += 1;
        }
    }
    assert!(bodies > 40);
}

#[tokio::test]
async fn every_name_of_an_operation_that_its_path_does_not_tell_belongs_to_one() {
    let api = World::start().stranger().get("/api/openapi.json").await.expect(200);
    let known: Vec<String> = operations(&api).into_iter().map(|(name, _)| name).collect();
    for (method, path, name) in etabli::web::openapi::names::OWN {
        assert!(known.contains(&format!("{method} {path}")), "{name} is the name of nothing");
    }
}
