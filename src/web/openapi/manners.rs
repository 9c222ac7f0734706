//! Parameters, answers and words that follow from the kind of operation.

use utoipa::openapi::{
    Ref, RefOr, Response,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn},
    schema::{ObjectBuilder, Type},
    security::SecurityRequirement,
};

use super::{
    super::idempotency,
    answers::{self, REFUSALS},
    schemas,
};

/// Of which version of a thing a writer speaks.
const IF_MATCH: &str = "If-Match";

/// The headers of a signed request; see `docs/CONTROLLER.md`.
const SEALED: [(&str, &str); 4] = [
    ("X-Controller", "Which controller; not needed to ask for a pairing"),
    ("X-Timestamp", "Seconds since 1970; a minute off at most"),
    ("X-Nonce", "A word of 16 to 64 letters, digits, `-` or `_`, never used before"),
    ("X-Signature", "Ed25519 over method, path, timestamp, nonce and the bytes of the body"),
];

pub(super) fn give(method: &str, path: &str, operation: &mut Operation) {
    parameters(method, path, operation);
    schemas::tighten(operation);
    let security = operation.security.get_or_insert_with(Vec::new);
    if path.starts_with("/api/") && !security.is_empty() {
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
    answers::describe(method, path, operation);
    word(method, path, operation);
}

/// The first sentence of the handler is the title; all of it, and what every operation of its kind does, the text.
fn word(method: &str, path: &str, operation: &mut Operation) {
    let Some(summary) = operation.summary.take() else { return };
    let mut text = vec![summary.clone()];
    text.extend(operation.description.take().filter(|more| !more.is_empty()));
    if versioned(path) {
        text.extend(kind(method, operation).into_iter().map(str::to_owned));
    }
    operation.description = Some(text.join("\n\n"));
    operation.summary = Some(summary.trim_end_matches('.').to_owned());
}

fn kind(method: &str, operation: &Operation) -> Vec<&'static str> {
    let mut said = Vec::new();
    if is_paged(operation) {
        said.push(
            "A list in pages: ask again with `after` set to `next`, or follow `Link: rel=\"next\"`, until there is none.",
        );
    }
    match method {
        "PATCH" => said.push(
            "A merge patch (RFC 7396): what is left out stays as it is; `null` empties a field that may be empty.",
        ),
        "PUT" => said.push("The whole of it: what is left out is as usual in the house."),
        _ => {}
    }
    if operation.security.as_ref().is_some_and(Vec::is_empty) {
        said.push("Open to everybody.");
    }
    said
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
        428 => method == "PUT" && has(operation, |parameter| parameter.name == IF_MATCH),
        412 => method == "PATCH" || has(operation, |parameter| parameter.name == IF_MATCH),
        415 => body,
        422 => body || writes || has_query(operation),
        _ => true,
    }
}

pub(super) fn is_paged(operation: &Operation) -> bool {
    has(operation, |parameter| parameter.parameter_in == ParameterIn::Query && parameter.name == "after")
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
