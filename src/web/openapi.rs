//! Completes the collected description: what every operation has in common is written here once.

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Components, Content, Info, License, OpenApi, Ref, RefOr, Response,
        path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem},
        schema::{ObjectBuilder, Type},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

use super::{csrf, idempotency, problem};
use crate::kernel::Code;

/// Answers that say no, by status: name of the shared response, and when it is given.
const REFUSALS: &[(u16, &str, &str)] = &[
    (400, "Malformed", "The request is not JSON, or not HTTP as it should be"),
    (401, "Unauthenticated", "Sign in first"),
    (403, "Forbidden", "This caller may not, or not now: the code and the refusals say why"),
    (404, "NotFound", "There is no such thing, or it is not the caller's to see"),
    (409, "Conflict", "The state of things is against it: the code and the refusals say why"),
    (412, "PreconditionFailed", "The thing changed since it was read (`If-Match`)"),
    (413, "BodyTooLarge", "The body is over 64 KiB"),
    (415, "UnsupportedMediaType", "The body is not `application/json`"),
    (422, "Invalid", "Understood, but not right: fields, or rules that refuse"),
    (429, "TooManyTries", "Too often: `Retry-After` says when to come back"),
    (500, "Fault", "Something broke; the log knows the `request_id`"),
    (503, "Overloaded", "Too busy: `Retry-After` says when to come back"),
];

/// Of which version of a thing a writer speaks.
const IF_MATCH: &str = "If-Match";

/// The headers of a signed request; see `docs/CONTROLLER.md`.
const SEALED: [(&str, &str); 4] = [
    ("X-Controller", "Which controller; not needed to ask for a pairing"),
    ("X-Timestamp", "Seconds since 1970; a minute off at most"),
    ("X-Nonce", "A word of 16 to 64 letters, digits, `-` or `_`, never used before"),
    ("X-Signature", "Ed25519 over method, path, timestamp, nonce and the bytes of the body"),
];

/// The operations of a path, by method.
#[must_use]
pub fn operations(item: &PathItem) -> Vec<(&'static str, &Operation)> {
    [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("PATCH", &item.patch),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
    .collect()
}

/// The description with its title, its ways to sign in, and the manners every operation shares.
#[must_use]
pub fn complete(mut api: OpenApi) -> OpenApi {
    api.info = info();
    let components = api.components.get_or_insert_with(Components::default);
    share(components);
    for (path, item) in &mut api.paths.paths {
        let slots = [
            ("GET", &mut item.get),
            ("PUT", &mut item.put),
            ("POST", &mut item.post),
            ("DELETE", &mut item.delete),
            ("PATCH", &mut item.patch),
        ];
        for (method, slot) in slots {
            if let Some(operation) = slot {
                operation.operation_id = Some(name(method, path));
                manners(method, path, operation);
            }
        }
    }
    api
}

fn info() -> Info {
    let mut info = Info::new("Établi", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "Booking and machine access for a makerspace. Instants are RFC 3339 UTC, dates are local to the lab; \
         sentences are in the language of `Accept-Language` (fr, en); whatever says no is a problem (RFC 9457)."
            .to_owned(),
    );
    info.license = Some(License::new("EUPL-1.2"));
    info
}

fn share(components: &mut Components) {
    let mut schemas = vec![(problem::Problem::name().into_owned(), problem::Problem::schema())];
    problem::Problem::schemas(&mut schemas);
    schemas.push((Code::name().into_owned(), Code::schema()));
    components.schemas.extend(schemas);
    for (_, name, description) in REFUSALS {
        let mut response = Response::new(*description);
        let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
        response.content.insert(problem::MEDIA_TYPE.to_owned(), Content::new(Some(schema)).into());
        components.responses.insert((*name).to_owned(), response.into());
    }
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("The `token` that `POST /api/v1/sessions` answers"))
        .build();
    let cookie = ApiKeyValue::with_description(
        csrf::COOKIE.to_owned(),
        format!("For browsers; whatever changes something also needs the header `{}`", csrf::HEADER),
    );
    components.security_schemes.insert("bearer".to_owned(), SecurityScheme::Http(bearer).into());
    let signature = ApiKeyValue::with_description(
        "X-Signature".to_owned(),
        "The Ed25519 signature of a paired controller, with `X-Controller`, `X-Timestamp` and `X-Nonce`: see \
         `/controller`"
            .to_owned(),
    );
    components
        .security_schemes
        .insert("controller".to_owned(), SecurityScheme::ApiKey(ApiKey::Header(signature)).into());
    components
        .security_schemes
        .insert("cookie".to_owned(), SecurityScheme::ApiKey(ApiKey::Cookie(cookie)).into());
}

/// Parameters and answers that follow from the kind of operation.
fn manners(method: &str, path: &str, operation: &mut Operation) {
    parameters(method, path, operation);
    let by_people = operation.security.as_mut().filter(|_| path.starts_with("/api/"));
    if let Some(security) = by_people.filter(|security| !security.is_empty()) {
        security.push(SecurityRequirement::new("cookie", Vec::<String>::new()));
    }
    for (status, name, _) in REFUSALS {
        if possible(*status, method, path, operation) {
            let shared = RefOr::Ref(Ref::from_response_name(*name));
            operation.responses.responses.entry(status.to_string()).or_insert(shared);
        }
    }
    if method == "GET" && path.starts_with("/api/v1") {
        let unchanged = Response::new("The caller has this version already (`If-None-Match`)");
        operation.responses.responses.entry("304".to_owned()).or_insert(unchanged.into());
    }
}

/// What programs lean on, and what has its manners.
fn versioned(path: &str) -> bool {
    path.starts_with("/api/v1/") || path.starts_with("/controller/v1/")
}

fn possible(status: u16, method: &str, path: &str, operation: &Operation) -> bool {
    if !versioned(path) {
        return status == 500 || (status == 503 && path == "/health/ready");
    }
    let writes = method != "GET";
    let body = operation.request_body.is_some();
    let secured = operation.security.as_ref().is_some_and(|security| !security.is_empty());
    match status {
        400 | 413 => body || method == "POST",
        401 | 403 => secured,
        404 => writes || path.contains('{'),
        409 => writes,
        412 => method == "PATCH" || has(operation, |parameter| parameter.name == IF_MATCH),
        415 => body,
        422 => body || writes || has_query(operation),
        _ => true,
    }
}

fn has_query(operation: &Operation) -> bool {
    has(operation, |parameter| parameter.parameter_in == ParameterIn::Query)
}

fn has(operation: &Operation, right: impl Fn(&Parameter) -> bool) -> bool {
    let mut parameters = operation.parameters.iter().flatten();
    parameters.any(|parameter| matches!(parameter, RefOr::T(known) if right(known)))
}

fn parameters(method: &str, path: &str, operation: &mut Operation) {
    if !versioned(path) {
        return;
    }
    let known = operation.parameters.get_or_insert_with(Vec::new);
    known.push(header("Accept-Language", "Language of the sentences: `fr` or `en`", None).into());
    if path.starts_with("/controller/") {
        known.extend(SEALED.iter().map(|(name, why)| header(name, why, None).into()));
        return;
    }
    if method == "POST" {
        let why = "Any word of your own: asking again with it within 24 hours answers the first answer again";
        known.push(header(idempotency::HEADER, why, Some("^[!-~]{1,255}$")).into());
    }
    if method == "PATCH" {
        known.push(header(IF_MATCH, "The `ETag` the change is meant for", None).into());
    }
}

fn header(name: &str, description: &str, pattern: Option<&str>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .description(Some(description))
        .required(utoipa::openapi::Required::False)
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(pattern).build()))
        .build()
}

/// Two rooms may both have a handler called `list`; method and path are unique.
fn name(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/v1").replace(['{', '}'], "");
    let words = path.split(['/', '-', '_', '.']).filter(|word| !word.is_empty());
    [method.to_lowercase().as_str()].into_iter().chain(words).collect::<Vec<_>>().join("_")
}
