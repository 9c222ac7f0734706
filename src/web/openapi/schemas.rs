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
