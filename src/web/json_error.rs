//! What serde says is wrong, as a field with a code.

use serde_json::error::Category;

use serde::de::IgnoredAny;

use crate::kernel::{Code, Error, FieldError, Value, patch::NOT_NULL};

/// A body that is not JSON is malformed; one that is has a field that is wrong. `serde_json` calls it an error of syntax
/// where an enumeration is `null`, a number or a list.
pub(super) fn of(error: &serde_path_to_error::Error<serde_json::Error>, body: &[u8]) -> Error {
    match error.inner().classify() {
        Category::Syntax if serde_json::from_slice::<IgnoredAny>(body).is_ok() => {
            Error::field(path_of(&error.path().to_string()), "wrong_type")
        }
        Category::Syntax | Category::Eof | Category::Io => Error::refused(Code::MalformedRequest),
        Category::Data => Error::Invalid(vec![field(&error.path().to_string(), &error.inner().to_string())]),
    }
}

/// The field that a message of serde speaks of. The messages are fixed by `serde::de::Error`.
pub(super) fn field(path: &str, message: &str) -> FieldError {
    let path = path_of(path);
    let named = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("unknown field") {
        FieldError::new(joined(path, named), "unknown_field")
    } else if message.starts_with("missing field") {
        FieldError::new(joined(path, named), "required")
    } else if message.starts_with("duplicate field") {
        FieldError::new(joined(path, named), "duplicate")
    } else if message.starts_with(NOT_NULL) {
        FieldError::new(path, "not_null")
    } else if message.starts_with("invalid type") {
        FieldError::new(path, "wrong_type")
    } else if message.starts_with("unknown variant") {
        let allowed: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
        let values = vec![("allowed", Value::from(allowed.join(", ")))];
        FieldError { path: path.to_owned(), code: "not_one_of", values }
    } else {
        FieldError::new(path, "invalid_value")
    }
}

/// The path of a field as the wire has it; the body itself has none.
fn path_of(path: &str) -> &str {
    if path == "." { "" } else { path }
}

/// The path to a field of the thing at `path`; serde sometimes has the field in it already.
fn joined(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else if path == name || path.ends_with(&format!(".{name}")) {
        path.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
