//! Passwords: what is good enough ([`policy`]), and how they are kept ([`hashing`]).
//!
//! Invariants: a password is normalised (NFC) before anything looks at it, so that one typed on another keyboard is the
//! same; it is never logged, never stored, and hashed only on the few, less urgent threads of [`Hasher`].

mod blocklist;
mod hashing;
mod policy;
mod threads;

pub use hashing::{Hasher, Verdict};
pub use policy::{Weakness, weakness};

use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization;

/// A password somebody typed, normalised.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self(typed.nfc().collect())
    }

    /// The text to hash or to judge.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// Shows nothing: passwords stay out of logs.
impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|typed| Self::new(&typed))
    }
}
