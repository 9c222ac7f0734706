//! Schemas that no room writes: problems, and what is mended in all of them.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Ref, RefOr,
        path::Operation,
        schema::{AdditionalProperties, ArrayItems, Object, OneOf, Schema, SchemaType, Type},
    },
};

use super::{super::problem, facts};
use crate::kernel::Code;

/// Any value of JSON: what a map of facts holds.
const ANYTHING: &str = "#/components/schemas/Value";

/// Any text, and a text that says something.
const TEXT: &str = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
const SAID: &str = concat!(
    r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*",
    r"[^\s\u0000-\u001F\u007F-\u009F]",
    r"[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"
);

pub(super) fn share(components: &mut Components) {
    let mut schemas = vec![(problem::Problem::name().into_owned(), problem::Problem::schema())];
    problem::Problem::schemas(&mut schemas);
    schemas.push((Code::name().into_owned(), Code::schema()));
    components.schemas.extend(schemas);
    for schema in components.schemas.values_mut() {
        if let RefOr::T(Schema::Object(object)) = schema
            && holds_facts(object)
        {
            facts::give(object);
        }
    }
    name_what_pages_hold(components);
    names_that_come_in(components);
    for (_, schema) in components.schemas.iter_mut().filter(|(name, _)| comes_in(name)) {
        keep_to_text(schema);
    }
}

/// A name may be long where the house says it (the house rules are one), and not where somebody gives it to a thing.
fn names_that_come_in(components: &mut Components) {
    let Some(RefOr::T(Schema::Object(name))) = components.schemas.get("Name") else { return };
    let mut given = name.clone();
    for word in given.properties.values_mut() {
        if let RefOr::T(Schema::Object(word)) = word {
            (word.min_length, word.max_length) = (Some(1), Some(120));
        }
    }
    let said = Ref::from_schema_name("Name").ref_location;
    for (_, schema) in components.schemas.iter_mut().filter(|(name, _)| comes_in(name)) {
        let RefOr::T(Schema::Object(thing)) = schema else { continue };
        for field in thing.properties.values_mut() {
            if let RefOr::Ref(to) = field
                && to.ref_location == said
            {
                to.ref_location = Ref::from_schema_name("NameIn").ref_location;
            }
        }
    }
    components.schemas.insert("NameIn".to_owned(), Schema::Object(given).into());
}

/// Whether a schema is of something that callers send.
fn comes_in(name: &str) -> bool {
    name.ends_with("In") || ["NamePatch", "Exception"].contains(&name)
}

/// What every text that comes in is held to (`web::check`), where its own pattern does not say more: no control characters
/// but line ends and tabs; and where one is asked for, blanks alone are none.
fn keep_to_text(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            let plain = object.pattern.is_none() && object.format.is_none() && object.enum_values.is_none();
            if plain && is_text(&object.schema_type) {
                let said = object.min_length.is_some_and(|least| least > 0);
                object.pattern = Some(if said { SAID } else { TEXT }.to_owned());
            }
            object.properties.values_mut().for_each(keep_to_text);
        }
        RefOr::T(Schema::Array(array)) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                keep_to_text(items);
            }
        }
        RefOr::T(Schema::OneOf(choice)) => choice.items.iter_mut().for_each(keep_to_text),
        RefOr::T(_) | RefOr::Ref(_) => {}
    }
}

fn is_text(kind: &SchemaType) -> bool {
    match kind {
        SchemaType::Type(kind) => *kind == Type::String,
        SchemaType::Array(kinds) => kinds.contains(&Type::String),
        SchemaType::AnyValue => false,
    }
}

fn holds_facts(object: &Object) -> bool {
    match object.additional_properties.as_deref() {
        Some(AdditionalProperties::RefOr(RefOr::Ref(anything))) => anything.ref_location == ANYTHING,
        _ => false,
    }
}

/// A page holds things of a kind that has a name: programs made from the description want one type for it, not one for
/// each list.
fn name_what_pages_hold(components: &mut Components) {
    let pages: Vec<String> =
        components.schemas.keys().filter_map(|name| name.strip_prefix("Page_").map(str::to_owned)).collect();
    for thing in pages {
        let Some(RefOr::T(Schema::Object(page))) = components.schemas.get_mut(&format!("Page_{thing}"))
        else {
            continue;
        };
        let Some(RefOr::T(Schema::Array(items))) = page.properties.get_mut("items") else { continue };
        let named = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(&thing))));
        if let ArrayItems::RefOrSchema(inline) = std::mem::replace(&mut items.items, named)
            && let RefOr::T(schema) = *inline
        {
            components.schemas.entry(thing).or_insert(RefOr::T(schema));
        }
    }
}

/// A body that may be left out may not be `null` for all that.
pub(super) fn tighten(operation: &mut Operation) {
    let Some(RefOr::T(body)) = &mut operation.request_body else { return };
    for content in body.content.values_mut() {
        let RefOr::T(content) = content else { continue };
        if let Some(RefOr::T(Schema::OneOf(choice))) = &content.schema
            && let Some(real) = without_null(choice)
        {
            content.schema = Some(real);
        }
    }
}

fn without_null(choice: &OneOf) -> Option<RefOr<Schema>> {
    let null = |schema: &RefOr<Schema>| match schema {
        RefOr::T(Schema::Object(object)) => object.schema_type == SchemaType::Type(Type::Null),
        RefOr::T(_) | RefOr::Ref(_) => false,
    };
    match choice.items.as_slice() {
        [real, none] | [none, real] if null(none) && !null(real) => Some(real.clone()),
        _ => None,
    }
}
