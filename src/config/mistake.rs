//! One clear sentence for a wrong setting.

use std::{fmt, path::Path};

use figment::{Figment, Metadata, Source, error::Kind};

/// How the names of settings start in the environment.
pub(super) const PREFIX: &str = "ETABLI_";

/// A setting that stops the start, in one sentence. Never repeats a value: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Mistake(String);

impl Mistake {
    /// A sentence of one's own, for a setting that turns out to be wrong later (a port in use).
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    pub(super) fn no_file(path: &Path) -> Self {
        Self(format!("the settings file {} does not exist", path.display()))
    }

    pub(super) fn wrong(settings: &Figment, setting: &str, expected: &str) -> Self {
        let place = Place { setting, metadata: settings.find_metadata(setting) };
        Self(format!("{place} is not right: expected {expected}"))
    }

    pub(super) fn from_figment(error: &figment::Error) -> Self {
        let mut setting = error.path.join(".");
        if let Kind::UnknownField(name, known) = &error.kind {
            if error.path.last().is_none_or(|last| last != name) {
                setting = error
                    .path
                    .iter()
                    .map(String::as_str)
                    .chain([name.as_str()])
                    .collect::<Vec<_>>()
                    .join(".");
            }
            let place = Place { setting: &setting, metadata: error.metadata.as_ref() };
            return Self(format!("{place} is not a setting: expected one of {}", known.join(", ")));
        }
        if error.path.is_empty() {
            // A file that is not TOML: the parser names the line.
            let (place, what) =
                (error.metadata.as_ref().map(source).unwrap_or_default(), one_line(&error.kind.to_string()));
            return Self(format!("the settings{place} cannot be read: {what}"));
        }
        let place = Place { setting: &setting, metadata: error.metadata.as_ref() };
        Self(format!("{place} is not right: {}", expected(&error.kind)))
    }
}

/// What would be right, without repeating what is wrong.
fn expected(kind: &Kind) -> String {
    match kind {
        Kind::InvalidType(_, expected)
        | Kind::InvalidValue(_, expected)
        | Kind::InvalidLength(_, expected) => {
            format!("expected {expected}")
        }
        Kind::UnknownVariant(_, known) => format!("expected one of {}", known.join(", ")),
        Kind::MissingField(_) => "it is missing".to_owned(),
        Kind::Message(_)
        | Kind::UnknownField(..)
        | Kind::DuplicateField(_)
        | Kind::ISizeOutOfRange(_)
        | Kind::USizeOutOfRange(_)
        | Kind::Unsupported(_)
        | Kind::UnsupportedKey(..) => one_line(&kind.to_string()),
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn source(metadata: &Metadata) -> String {
    match &metadata.source {
        Some(Source::File(path)) => format!(" in {}", path.display()),
        _ => String::new(),
    }
}

/// A setting and where it came from, the way the person wrote it.
struct Place<'a> {
    setting: &'a str,
    metadata: Option<&'a Metadata>,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.metadata {
            Some(metadata) if metadata.name.contains("environment") => {
                write!(f, "{PREFIX}{} (environment)", self.setting.replace('.', "__").to_uppercase())
            }
            Some(metadata) => write!(f, "{}{}", self.setting, source(metadata)),
            None => write!(f, "{}", self.setting),
        }
    }
}
