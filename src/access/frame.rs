//! What a controller says, read so that nothing optional keeps what matters from being heard.
//!
//! A firmware may be newer than the house, and a meter may say what no meter should: neither may make a machine that
//! runs look as if it were away. What does not fit and is not needed is passed over and named in the answer.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};

use crate::{
    kernel::{Code, Error, FieldError, Result},
    web::{check::Check, json},
};

/// Whatever a device likes to tell of itself; nobody reads it yet.
const TELEMETRY: &str = "telemetry";
/// A frame with more that does not fit is none.
const MOST: usize = 64;

/// A body of the controller protocol.
pub trait Frame: DeserializeOwned + Check {
    /// Where something may be left out if it does not fit: `watts`, `lockouts[].told`, or a whole entry, `outputs[]`.
    const OPTIONAL: &'static [&'static str] = &[];
}

/// The answer to a frame, and what of it was passed over.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FrameOut<T> {
    #[serde(flatten)]
    answer: T,
    /// The fields that do not fit or are not known here: nothing was done about them.
    #[schema(example = json!(["watts"]))]
    ignored: Vec<String>,
}

impl<T> FrameOut<T> {
    /// An answer.
    pub fn new(answer: T, ignored: Vec<String>) -> Self {
        Self { answer, ignored }
    }
}

/// The fields of a body as they came, byte for byte.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
struct Raw(BTreeMap<String, Box<RawValue>>);

impl Check for Raw {}

/// What a body says, as [`read`] reads it; nothing is an empty object.
pub fn of_request<T: Frame>(request: &HttpRequest, body: &[u8]) -> Result<(T, Vec<String>)> {
    if body.is_empty() {
        return read(b"{}");
    }
    if json::is_json(request) { read(body) } else { Err(Error::refused(Code::UnsupportedMediaType)) }
}

/// Reads a frame, and names what it passed over.
///
/// # Errors
/// What is wrong with a field that is needed, as for any body; `malformed_request`.
pub fn read<T: Frame>(body: &[u8]) -> Result<(T, Vec<String>)> {
    let mut fields = fields(body)?;
    let mut ignored = Vec::new();
    if fields.0.remove(TELEMETRY).is_some_and(|told| !told.get().starts_with('{')) {
        ignored.push(TELEMETRY.to_owned());
    }
    loop {
        let text = serde_json::to_vec(&fields).map_err(anyhow::Error::from)?;
        let wrong = match json::object::<T>(&text) {
            Ok(frame) => return Ok((frame, ignored)),
            Err(Error::Invalid(wrong)) => wrong,
            Err(other) => return Err(other),
        };
        let path = needless::<T>(&wrong).filter(|_| ignored.len() < MOST);
        let Some(path) = path.filter(|path| remove(&mut fields, path)) else {
            return Err(Error::Invalid(wrong));
        };
        ignored.push(path);
    }
}

/// The fields of an object; what is none is told as of any body.
fn fields(body: &[u8]) -> Result<Raw> {
    match serde_json::from_slice(body) {
        Ok(fields) => Ok(fields),
        Err(_) => json::object::<Raw>(body),
    }
}

/// The first of these fields that may be left out.
fn needless<T: Frame>(wrong: &[FieldError]) -> Option<String> {
    wrong.iter().find_map(|field| {
        if field.code == Code::UnknownField.as_str() {
            return Some(field.path.clone());
        }
        let shape = shape(&field.path);
        let optional = T::OPTIONAL.iter().find(|optional| {
            shape == **optional
                || optional.strip_suffix("[]").is_some_and(|_| shape.starts_with(&format!("{optional}.")))
        })?;
        // A whole entry, where something inside it is wrong.
        let depth = optional.matches('.').count();
        let parts: Vec<&str> = field.path.split('.').take(depth + 1).collect();
        Some(parts.join("."))
    })
}

/// A path without its numbers: `outputs[3].on` is `outputs[].on`.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        inside = (inside || c == '[') && c != ']';
        if !inside || c == '[' {
            shape.push(c);
        }
    }
    shape
}

/// Takes what stands there away; whether anything did.
fn remove(fields: &mut Raw, path: &str) -> bool {
    let (root, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
    if rest.is_empty() {
        return fields.0.remove(root).is_some();
    }
    let Some(value) = fields.0.get(root).and_then(|raw| serde_json::from_str::<Value>(raw.get()).ok()) else {
        return false;
    };
    let mut value = value;
    let taken = take(&mut value, rest);
    if let (true, Ok(raw)) = (taken, serde_json::value::to_raw_value(&value)) {
        fields.0.insert(root.to_owned(), raw);
    }
    taken
}

fn take(value: &mut Value, path: &str) -> bool {
    let (key, rest) = if let Some(entry) = path.strip_prefix('[') {
        entry.split_once(']').unwrap_or((entry, ""))
    } else {
        let path = path.strip_prefix('.').unwrap_or(path);
        path.split_at(path.find(['.', '[']).unwrap_or(path.len()))
    };
    match value {
        Value::Object(fields) if rest.is_empty() => fields.remove(key).is_some(),
        Value::Object(fields) => fields.get_mut(key).is_some_and(|inner| take(inner, rest)),
        Value::Array(entries) => match key.parse::<usize>() {
            Ok(at) if rest.is_empty() && at < entries.len() => {
                entries.remove(at);
                true
            }
            Ok(at) => entries.get_mut(at).is_some_and(|inner| take(inner, rest)),
            Err(_) => false,
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde::Deserialize;

    use super::{Frame, read};
    use crate::web::{Check, Fields};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        on: bool,
        watts: Option<f64>,
        outputs: Vec<Output>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Output {
        on: bool,
        told: Option<bool>,
    }

    impl Check for Said {
        fn check(&self, fields: &mut Fields) {
            fields.require(self.watts.is_none_or(|watts| watts >= 0.0), "watts", "invalid_value");
        }
    }

    impl Frame for Said {
        const OPTIONAL: &'static [&'static str] = &["watts", "outputs[].told", "outputs[]"];
    }

    #[rstest]
    #[case::all_fits(r#"{"on":true,"outputs":[{"on":false}],"telemetry":{"rssi":-60}}"#, &[], 1)]
    #[case::less_than_nothing(r#"{"on":true,"watts":-3,"outputs":[]}"#, &["watts"], 0)]
    #[case::no_number(r#"{"on":true,"watts":"NaN","outputs":[]}"#, &["watts"], 0)]
    #[case::newer(r#"{"on":true,"outputs":[{"on":true,"phase":2}],"phase":3}"#, &["phase", "outputs[0].phase"], 1)]
    #[case::a_part_of_an_entry(r#"{"on":true,"outputs":[{"on":true,"told":7}]}"#, &["outputs[0].told"], 1)]
    #[case::an_entry(r#"{"on":true,"outputs":[{"on":true},{"on":"maybe"}]}"#, &["outputs[1]"], 1)]
    #[case::telemetry(r#"{"on":true,"outputs":[],"telemetry":5}"#, &["telemetry"], 0)]
    fn what_is_not_needed_is_passed_over_and_named(
        #[case] body: &str,
        #[case] ignored: &[&str],
        #[case] outputs: usize,
    ) {
        let (said, passed_over) = read::<Said>(body.as_bytes()).unwrap();
        let mut passed_over: Vec<&str> = passed_over.iter().map(String::as_str).collect();
        let mut ignored = ignored.to_vec();
        passed_over.sort_unstable();
        ignored.sort_unstable();
        assert_eq!(passed_over, ignored);
        assert!(said.on && said.watts.is_none());
        assert_eq!(said.outputs.len(), outputs);
        assert!(said.outputs.iter().all(|output| output.told.is_none()));
        assert!(said.outputs.iter().filter(|output| output.on).count() <= outputs);
    }

    #[rstest]
    #[case::missing(r#"{"outputs":[]}"#)]
    #[case::wrong(r#"{"on":"yes","outputs":[]}"#)]
    #[case::whole_list(r#"{"on":true,"outputs":5}"#)]
    #[case::not_an_object("[]")]
    #[case::nonsense("{")]
    fn what_is_needed_is_needed(#[case] body: &str) {
        assert!(read::<Said>(body.as_bytes()).is_err());
    }
}
