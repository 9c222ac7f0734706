//! What answers say: the words of each status, the headers that come with it, and the shared problems.

use utoipa::openapi::{
    Components, Content, Header, Ref, RefOr, Response,
    path::Operation,
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
};

use super::{super::problem, manners};

/// Answers that say no, by status: name of the shared response, and when it is given.
pub(super) const REFUSALS: &[(u16, &str, &str)] = &[
    (400, "Malformed", "The request is not JSON, or not HTTP as it should be"),
    (401, "Unauthenticated", "Sign in first"),
    (403, "Forbidden", "This caller may not, or not now: the code and the refusals say why"),
    (404, "NotFound", "There is no such thing, or it is not the caller's to see"),
    (409, "Conflict", "The state of things is against it: the code and the refusals say why"),
    (412, "PreconditionFailed", "The thing changed since it was read (`If-Match`)"),
    (413, "BodyTooLarge", "The body is over 64 KiB"),
    (415, "UnsupportedMediaType", "The body is not `application/json`"),
    (422, "Invalid", "Understood, but not right: fields, or rules that refuse"),
    (428, "PreconditionRequired", "Say in `If-Match` which version is to be replaced (RFC 6585)"),
    (429, "TooManyTries", "Too often: `Retry-After` says when to come back"),
    (500, "Fault", "Something broke; the log knows the `request_id`"),
    (503, "Overloaded", "Too busy: `Retry-After` says when to come back"),
];

/// The headers of answers: name, kind, and what they say.
const HEADERS: &[(&str, Type, &str)] = &[
    (
        "ETag",
        Type::String,
        "The version of this answer: for `If-None-Match` when reading, for `If-Match` when changing",
    ),
    (
        "Link",
        Type::String,
        "`<…>; rel=\"next\"`: the address of the next page, where there is one (RFC 8288)",
    ),
    ("Location", Type::String, "The path of what was made"),
    ("Retry-After", Type::Integer, "Seconds to wait before asking again (RFC 9110, 10.2.3)"),
    ("WWW-Authenticate", Type::String, "`Bearer`: how to prove who is calling (RFC 9110, 11.6.1)"),
];

pub(super) fn share(components: &mut Components) {
    for (name, kind, why) in HEADERS {
        let mut schema = ObjectBuilder::new().schema_type(kind.clone());
        if *kind == Type::Integer {
            schema = schema.format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64))).minimum(Some(0));
        }
        if *name == "Location" {
            schema = schema.format(Some(SchemaFormat::Custom("uri-reference".to_owned())));
        }
        let mut header = Header::new(schema.build());
        header.description = Some((*why).to_owned());
        components.headers.insert((*name).to_owned(), header.into());
    }
    for (status, name, description) in REFUSALS {
        let mut response = Response::new(*description);
        let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
        response.content.insert(problem::MEDIA_TYPE.to_owned(), Content::new(Some(schema)).into());
        of_refusal(&status.to_string(), &mut response);
        components.responses.insert((*name).to_owned(), response.into());
    }
}

/// Words where the room has none of its own, and the headers that come with an answer of this kind.
pub(super) fn describe(method: &str, path: &str, operation: &mut Operation) {
    let paged = manners::is_paged(operation);
    let read = method == "GET" && path.starts_with("/api/v1");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            words(status, method).clone_into(&mut response.description);
        }
        match status.as_str() {
            "201" => carries(response, "Location"),
            "200" | "304" if read && !streams(response) => carries(response, "ETag"),
            _ => of_refusal(status, response),
        }
        if status == "200" && paged {
            carries(response, "Link");
        }
    }
}

fn of_refusal(status: &str, response: &mut Response) {
    match status {
        "401" => carries(response, "WWW-Authenticate"),
        "429" | "503" => carries(response, "Retry-After"),
        _ => {}
    }
}

fn words(status: &str, method: &str) -> &'static str {
    match (status, method) {
        ("200", "GET") => "What was asked for",
        ("200", _) => "Done: as it stands now",
        ("201", _) => "Made: the thing itself, and in `Location` where it is",
        ("202", _) => "Taken in: it will be seen to",
        ("204", _) => "Done, and nothing to show",
        ("304", _) => "Not changed since it was last read",
        _ => "As its status says",
    }
}

fn streams(response: &Response) -> bool {
    response.content.contains_key("text/event-stream")
}

fn carries(response: &mut Response, header: &str) {
    let shared = Ref::new(format!("#/components/headers/{header}"));
    response.headers.insert(header.to_owned(), RefOr::Ref(shared));
}
