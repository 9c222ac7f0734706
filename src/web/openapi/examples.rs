//! An example of every body, made from its schema and from what the demonstration holds.

use serde_json::{Map, Value as Json, json};
use utoipa::openapi::{OpenApi, RefOr};

use super::each;

/// What stands in a field of this name, where its own type says nothing.
const BY_NAME: &[(&str, &str)] = &[
    ("cancel_minutes", "120"),
    ("seats", "6"),
    ("position", "10"),
    ("min_minutes", "30"),
    ("max_minutes", "240"),
    ("horizon_days", "60"),
    ("grid_minutes", "30"),
    ("duration_days", "365"),
    ("capacity", "8"),
    ("area_m2", "40"),
    ("badge", "04A2B3C4D5E6F7"),
    ("boot_id", "3f9c"),
    ("channel", "1"),
    ("closes", "18:00"),
    ("code", "K7QX4M"),
    ("commune", "Lille"),
    ("count", "00002A"),
    ("display_name", "Ada Martin"),
    ("email", "maker@example.org"),
    ("en", "Laser cutter"),
    ("ends_at", "2026-12-08T10:00:00Z"),
    ("ends_on", "2027-11-30"),
    ("firmware", "etabli-esp32 1.0"),
    ("fr", "Découpe laser"),
    ("guardian_name", "Camille Martin"),
    ("kind", "laser"),
    ("mac", "94EED9EE65337086"),
    ("machine", "decoupe-laser"),
    ("machines", "decoupe-laser"),
    ("member", "maker@example.org"),
    ("members", "trainer@example.org"),
    ("meter", "shellies/laser/0"),
    ("name", "Atelier bois"),
    ("note", "Maquette pour le concours"),
    ("opens", "09:00"),
    ("password", "etabli-demo-2026"),
    ("current_password", "etabli-demo-2026"),
    ("pin", "4711"),
    ("place", "Salle de formation"),
    ("plan", "annuel"),
    ("reason", "Tube à changer"),
    ("request", "r-1042"),
    ("reset_reason", "power_on"),
    ("slug", "decoupe-laser-2"),
    ("starts_at", "2026-12-08T09:00:00Z"),
    ("starts_on", "2026-12-01"),
    ("topic", "bois/scie"),
    ("trainer", "trainer@example.org"),
    ("training", "decoupe-laser"),
    ("trainings", "decoupe-laser"),
    ("workshop", "bois"),
];

/// Writes them into every operation that takes a body.
pub(super) fn give(api: &mut OpenApi) {
    let Ok(schemas) = serde_json::to_value(api.components.as_ref().map(|components| &components.schemas))
    else {
        return;
    };
    let known = Known(schemas);
    each(api, |_, _, operation| {
        let Some(RefOr::T(body)) = &mut operation.request_body else { return };
        for content in body.content.values_mut() {
            let RefOr::T(content) = content else { continue };
            if content.example.is_none() && content.examples.is_empty() {
                let schema = serde_json::to_value(&content.schema).unwrap_or_default();
                content.example = Some(known.example("", &schema));
            }
        }
    });
}

struct Known(Json);

impl Known {
    fn example(&self, name: &str, schema: &Json) -> Json {
        if let Some(own) = schema.get("example").or_else(|| first(schema, "examples")) {
            return own.clone();
        }
        if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
            let target = target.trim_start_matches("#/components/schemas/");
            return self.0.get(target).map_or(Json::Null, |schema| self.example(name, schema));
        }
        if let Some(allowed) = first(schema, "enum") {
            return allowed.clone();
        }
        if let Some(choice) = first(schema, "oneOf").or_else(|| first(schema, "anyOf")) {
            return self.example(name, choice);
        }
        match kind(schema) {
            "object" => self.object(schema),
            "array" => {
                let item = schema.get("items").map(|item| self.example(name, item));
                Json::Array(item.into_iter().collect())
            }
            "boolean" => json!(true),
            "integer" | "number" => {
                if let Some(number) = by_name(name).and_then(|text| text.parse::<i64>().ok()) {
                    return json!(number);
                }
                let usual = schema.get("default").filter(|number| number.is_number());
                usual.or_else(|| schema.get("minimum")).cloned().unwrap_or(json!(1))
            }
            _ => text(name, schema),
        }
    }

    /// What must be there; and where nothing must, whatever may not be null.
    fn object(&self, schema: &Json) -> Json {
        let empty = Map::new();
        let fields = schema.get("properties").and_then(Json::as_object).unwrap_or(&empty);
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let shown = |name: &str, field: &Json| {
            if required.is_empty() { !may_be_null(field) && !secret(field) } else { required.contains(&name) }
        };
        let mut example: Map<String, Json> = fields
            .iter()
            .filter(|(name, field)| shown(name, field))
            .map(|(name, field)| (name.clone(), self.example(name, field)))
            .collect();
        if example.is_empty()
            && let Some((name, field)) = fields.iter().next()
        {
            example.insert(name.clone(), self.example(name, field));
        }
        Json::Object(example)
    }
}

fn first<'a>(schema: &'a Json, word: &str) -> Option<&'a Json> {
    let choices = schema.get(word)?.as_array()?;
    choices.iter().find(|choice| kind(choice) != "null")
}

fn kind(schema: &Json) -> &str {
    match schema.get("type") {
        Some(Json::String(kind)) => kind,
        Some(Json::Array(kinds)) => {
            kinds.iter().filter_map(Json::as_str).find(|kind| *kind != "null").unwrap_or("")
        }
        _ => "",
    }
}

fn may_be_null(schema: &Json) -> bool {
    let null = json!("null");
    let kinds = schema.get("type").and_then(Json::as_array);
    let choices = schema.get("oneOf").and_then(Json::as_array);
    kinds.is_some_and(|kinds| kinds.contains(&null))
        || choices.is_some_and(|choices| choices.iter().any(|choice| choice.get("type") == Some(&null)))
}

fn secret(schema: &Json) -> bool {
    schema.get("format").is_some_and(|format| format == "password")
}

fn text(name: &str, schema: &Json) -> Json {
    let format = schema.get("format").and_then(Json::as_str);
    let by_format = match format {
        Some("date-time") => Some("2026-12-08T09:00:00Z"),
        Some("date") => Some("2026-12-08"),
        Some("uuid") => Some("0190a5e4-7c1e-7000-8000-000000000000"),
        Some("email") => Some("maker@example.org"),
        _ => None,
    };
    let named = by_name(name).filter(|_| format != Some("uuid"));
    let fitting = named.or(by_format).or_else(|| by_pattern(schema));
    json!(fitting.unwrap_or("texte"))
}

fn by_name(name: &str) -> Option<&'static str> {
    BY_NAME.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Keys and proofs are so many hexadecimal digits.
fn by_pattern(schema: &Json) -> Option<&'static str> {
    const HEX: &str = concat!(
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
    );
    let pattern = schema.get("pattern")?.as_str()?;
    let count = pattern.strip_suffix("}$")?.rsplit('{').next()?.parse::<usize>().ok()?;
    HEX.get(..count)
}
