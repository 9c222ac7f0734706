//! What serde alone does not check: lengths, ranges, and whatever a type says about itself.

use std::ops::RangeInclusive;

use crate::kernel::{Error, FieldError, Result, Value};

/// A body or a query that can say what is wrong with it. The default finds nothing.
pub trait Check {
    /// Notes every field that is not right.
    fn check(&self, fields: &mut Fields) {
        let _ = fields;
    }
}

/// The fields found wrong so far.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// A text of so many characters, without control characters other than line breaks and tabs. Where one is asked
    /// for, blanks alone are none.
    pub fn length(&mut self, path: &str, text: &str, allowed: RangeInclusive<usize>) {
        let said = if text.trim().is_empty() { 0 } else { text.chars().count() };
        if !allowed.contains(&said) {
            let (min, max) = (Value::Count(count(*allowed.start())), Value::Count(count(*allowed.end())));
            self.note(path, "length", vec![("min", min), ("max", max)]);
        } else if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            self.note(path, "invalid_character", Vec::new());
        }
    }

    /// The same for a text that may be absent.
    pub fn length_if(&mut self, path: &str, text: Option<&str>, allowed: RangeInclusive<usize>) {
        if let Some(text) = text {
            self.length(path, text, allowed);
        }
    }

    /// A readable name for addresses: 1 to 60 lower-case letters, digits and single hyphens between them. A text
    /// that reads as a UUID is none: wherever a slug is accepted, so is an identifier.
    pub fn slug(&mut self, path: &str, text: &str) {
        self.require(is_slug(text), path, "slug");
    }

    /// A number inside a range.
    pub fn within(&mut self, path: &str, number: impl Into<i64>, allowed: RangeInclusive<i64>) {
        if !allowed.contains(&number.into()) {
            let (min, max) = (Value::Count(*allowed.start()), Value::Count(*allowed.end()));
            self.note(path, "range", vec![("min", min), ("max", max)]);
        }
    }

    /// Anything else: `code` is a key of `locales/*/fields.ftl`.
    pub fn require(&mut self, right: bool, path: &str, code: &'static str) {
        if !right {
            self.note(path, code, Vec::new());
        }
    }

    /// A field that is wrong, with what its sentence speaks of.
    pub fn note(&mut self, path: &str, code: &'static str, values: Vec<(&'static str, Value)>) {
        self.0.push(FieldError { path: path.to_owned(), code, values });
    }

    /// Nothing, or everything found wrong at once.
    pub fn verdict(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The thing itself, once it is checked.
pub(super) fn checked<T: Check>(thing: T) -> Result<T> {
    let mut fields = Fields::default();
    thing.check(&mut fields);
    fields.verdict()?;
    Ok(thing)
}

/// Whether a text may stand as a slug; see [`Fields::slug`].
///
/// ```
/// use etabli::web::check::is_slug;
/// assert!(is_slug("impression-3d"));
/// for text in ["", "Bois", "bois ", "-bois", "bois--scie", "sécurité", "0190a5e4-7c1e-7000-8000-000000000000"] {
///     assert!(!is_slug(text), "{text}");
/// }
/// ```
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let word =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.len() <= 60 && text.split('-').all(word) && uuid::Uuid::try_parse(text).is_err()
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let mut fields = Fields::default();
        fields.length("name", "", 1..=3);
        fields.length("note", "été", 1..=3);
        fields.length("motto", "a\0", 1..=3);
        fields.length("reason", " \t\n", 1..=3);
        fields.within("seats", 0, 1..=9);
        fields.require(false, "ends_at", "after_start");
        let crate::kernel::Error::Invalid(found) = fields.verdict().unwrap_err() else { panic!() };
        let found: Vec<_> = found.iter().map(|field| (field.path.as_str(), field.code)).collect();
        assert_eq!(
            found,
            [
                ("name", "length"),
                ("motto", "invalid_character"),
                ("reason", "length"),
                ("seats", "range"),
                ("ends_at", "after_start")
            ]
        );
    }
}
