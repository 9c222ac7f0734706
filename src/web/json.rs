//! Bodies that come in as JSON.

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    web::{Bytes, PayloadConfig},
};
use futures_util::future::LocalBoxFuture;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::{
    check::{Check, checked},
    json_error,
};
use crate::kernel::{Code, Error, Result};

/// The longest body, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// A JSON body, read and checked. Whatever is wrong with it is a problem that names the field.
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A JSON body that may be left out altogether: then it is the default.
#[derive(Debug)]
pub struct MaybeJson<T>(pub T);

impl<T: DeserializeOwned + Check + 'static> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = is_json(request);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move { read(json, &collected(body.await)?).map(Self) })
    }
}

impl<T: DeserializeOwned + Check + Default + 'static> FromRequest for MaybeJson<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let json = is_json(request);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = collected(body.await)?;
            if body.is_empty() { Ok(Self(T::default())) } else { read(json, &body).map(Self) }
        })
    }
}

/// How bodies are collected: up to [`LONGEST`] bytes.
#[must_use]
pub fn payload_config() -> PayloadConfig {
    PayloadConfig::new(LONGEST)
}

/// A body that could not be collected: over the limit, or cut short.
pub(super) fn uncollected(error: &actix_web::Error) -> Error {
    let too_large = error.as_response_error().status_code() == 413;
    Error::refused(if too_large { Code::BodyTooLarge } else { Code::MalformedRequest })
}

/// The bytes of a body, or what kept them from being collected.
pub fn collected(body: std::result::Result<Bytes, actix_web::Error>) -> Result<Bytes> {
    body.map_err(|error| uncollected(&error))
}

/// Reads bytes that must be an object; what is wrong with it is a problem that names the field.
pub fn object<T: DeserializeOwned + Check>(body: &[u8]) -> Result<T> {
    read(true, body)
}

/// Reads bytes that an extractor collected itself, as [`Json`] does; no bytes are an empty object.
pub fn read_or_nothing<T: DeserializeOwned + Check>(request: &HttpRequest, body: &[u8]) -> Result<T> {
    if body.is_empty() { read(true, b"{}") } else { read(is_json(request), body) }
}

/// Whether a request says that its body is JSON.
pub fn is_json(request: &HttpRequest) -> bool {
    let Ok(Some(mime)) = request.mime_type() else { return false };
    mime.essence_str() == "application/json" || mime.suffix().is_some_and(|suffix| suffix == "json")
}

fn read<T: DeserializeOwned + Check>(json: bool, body: &[u8]) -> Result<T> {
    if body.is_empty() {
        return Err(Error::refused(Code::MalformedRequest));
    }
    if !json {
        return Err(Error::refused(Code::UnsupportedMediaType));
    }
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(not_an_object(body));
    }
    let mut reader = serde_json::Deserializer::from_slice(body);
    let thing =
        serde_path_to_error::deserialize(&mut reader).map_err(|error| json_error::of(&error, body))?;
    reader.end().map_err(|_| Error::refused(Code::MalformedRequest))?;
    // What is wrong with a field has its name; U+0000 may stand anywhere.
    let thing = checked(thing)?;
    if has_nul(body) { Err(Error::field("", "invalid_character")) } else { Ok(thing) }
}

/// Every body is an object; serde would also take a list of its values in order, which nobody promised.
fn not_an_object(body: &[u8]) -> Error {
    match serde_json::from_slice::<IgnoredAny>(body) {
        Ok(_) => Error::field("", "wrong_type"),
        Err(_) => Error::refused(Code::MalformedRequest),
    }
}

/// Whether a string inside holds U+0000, which PostgreSQL cannot keep. JSON can only write it as an escape.
#[must_use]
pub fn has_nul(body: &[u8]) -> bool {
    let mut escaped = false;
    for (at, byte) in body.iter().enumerate() {
        if escaped && body.get(at..at + 5) == Some(b"u0000") {
            return true;
        }
        escaped = *byte == b'\\' && !escaped;
    }
    false
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Check, has_nul, read};
    use crate::kernel::{Error, Instant, Locale, Patch};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading matters")]
    struct OrderIn {
        seats: u8,
        starts_at: Option<Instant>,
        locale: Option<Locale>,
        #[serde(default)]
        note: Patch<String>,
        #[serde(default)]
        lines: Vec<LineIn>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its reading matters")]
    struct LineIn {
        name: String,
    }

    impl Check for OrderIn {}

    fn wrong(body: &str) -> (String, Vec<(String, &'static str)>) {
        let error = read::<OrderIn>(true, body.as_bytes()).unwrap_err();
        let fields = match &error {
            Error::Invalid(fields) => fields.iter().map(|field| (field.path.clone(), field.code)).collect(),
            Error::Refused(_) | Error::Fault(_) => Vec::new(),
        };
        (error.code().as_str().to_owned(), fields)
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for body in ["", "{", "{\"seats\":1} x", "nonsense", "{\"seats\":1,}", "{'seats':1}"] {
            assert_eq!(wrong(body), ("malformed_request".to_owned(), vec![]), "{body}");
        }
    }

    #[test]
    fn every_mistake_is_named_by_its_field() {
        let cases = [
            (r#"{"seats":1,"sets":2}"#, "unknown_field", "sets", "unknown_field"),
            (r#"{"seats":1,"lines":[{"nme":"a"}]}"#, "unknown_field", "lines[0].nme", "unknown_field"),
            ("{}", "invalid_request", "seats", "required"),
            (r#"{"seats":1,"lines":[{}]}"#, "invalid_request", "lines[0].name", "required"),
            (r#"{"seats":"one"}"#, "invalid_request", "seats", "wrong_type"),
            (r#"{"seats":256}"#, "invalid_request", "seats", "invalid_value"),
            (r#"{"seats":1,"seats":2}"#, "invalid_request", "seats", "duplicate"),
            (
                r#"{"seats":1,"starts_at":"9999-01-01T00:00:00Z"}"#,
                "invalid_request",
                "starts_at",
                "invalid_value",
            ),
            (r#"{"seats":1,"locale":"de"}"#, "invalid_request", "locale", "not_one_of"),
            (r#"{"seats":1,"locale":3}"#, "invalid_request", "locale", "wrong_type"),
            (r#"{"seats":1,"note":null}"#, "invalid_request", "note", "not_null"),
            ("3", "invalid_request", "", "wrong_type"),
            ("[1, null, null, []]", "invalid_request", "", "wrong_type"),
        ];
        for (body, code, path, field) in cases {
            assert_eq!(wrong(body), (code.to_owned(), vec![(path.to_owned(), field)]), "{body}");
        }
    }

    #[test]
    fn the_character_nul_does_not_pass() {
        assert!(has_nul(br#"{"a":"\u0000"}"#));
        assert!(has_nul(br#"{"a":"\\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"\\u0000"}"#));
        assert!(!has_nul(br#"{"a":"u0000"}"#));
    }
}
