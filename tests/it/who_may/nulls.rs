//! Merge patches (RFC 7396): what `null` does to every field of every `PATCH`, as the description names them.

use serde_json::{Value as Json, json};

use super::asking::Cast;
use crate::world::World;

/// The schema behind a reference, or the schema itself.
fn resolved<'a>(api: &'a Json, schema: &'a Json) -> &'a Json {
    let one = schema["oneOf"].as_array().and_then(|all| all.iter().find(|one| one.get("$ref").is_some()));
    match one.unwrap_or(schema)["$ref"].as_str() {
        Some(reference) => api.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn takes_null(schema: &Json) -> bool {
    let null = |kind: &Json| kind["type"] == "null";
    schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("null")))
        || schema["oneOf"].as_array().is_some_and(|all| all.iter().any(null))
}

/// Every field of a body, those of the objects inside included: its path, and whether it may be emptied.
fn fields(api: &Json, schema: &Json, before: &[String]) -> Vec<(Vec<String>, bool)> {
    let mut found = Vec::new();
    let Some(properties) = resolved(api, schema)["properties"].as_object() else { return found };
    for (name, field) in properties {
        let path = [before, std::slice::from_ref(name)].concat();
        found.push((path.clone(), takes_null(field)));
        // What staff let pass is one decision: it is written whole.
        if name != "override" {
            found.extend(fields(api, field, &path));
        }
    }
    found
}

#[actix_web::test]
async fn null_empties_a_field_or_is_refused_by_its_name_on_every_path() {
    let world = World::with_lab().await;
    let cast = Cast::of(&world).await;
    let api = world.stranger().get("/api/openapi.json").await.expect(200);
    let mut asked = 0;
    for (path, item) in api["paths"].as_object().unwrap() {
        let Some(operation) = item.get("patch") else { continue };
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let all = fields(&api, schema, &[]);
        assert!(!all.is_empty(), "{path} has fields");
        let required = resolved(&api, schema)["required"].as_array().map_or(0, Vec::len);
        assert_eq!(required, 0, "{path}: a change may leave everything out");
        let template = path.trim_start_matches("/api/v1");
        for (names, emptied) in all {
            let body = names.iter().rev().fold(Json::Null, |inner, name| json!({ name: inner }));
            let answer = cast.change(template, &body).await;
            let said = answer.json();
            let at = format!("{path} {body}: {said}");
            let first = (said["fields"][0]["path"].as_str(), said["fields"][0]["code"].as_str());
            if emptied {
                assert!(answer.status == 200 || first.1.is_some_and(|code| code != "not_null"), "{at}");
                if answer.status == 200 {
                    let field = names.iter().fold(&said, |thing, name| &thing[name.as_str()]);
                    assert!(field.is_null(), "{at}");
                }
            } else {
                assert_eq!(
                    (answer.status, first),
                    (422, (Some(names.join(".").as_str()), Some("not_null"))),
                    "{at}"
                );
            }
            asked += 1;
        }
    }
    assert!(asked > 60, "{asked} fields");
}

#[actix_web::test]
async fn what_a_change_of_rules_or_names_leaves_out_stays() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    staff
        .patch("machines/scie", json!({ "rules": { "buffer_minutes": 15, "min_age": 16 } }))
        .await
        .expect(200);
    let saw = staff
        .patch("machines/scie", json!({ "name": { "en": "Band saw" }, "rules": { "min_age": null } }))
        .await
        .expect(200);
    assert_eq!((&saw["rules"]["buffer_minutes"], &saw["rules"]["min_age"]), (&json!(15), &json!(null)));
    assert_eq!((&saw["names"]["fr"], &saw["names"]["en"]), (&json!("scie"), &json!("Band saw")));
}
