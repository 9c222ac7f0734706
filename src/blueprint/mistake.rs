//! What is wrong with a file, and where.

use crate::kernel::{
    Locale,
    words::{self, Values},
};

/// Something wrong on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// Key of the sentence in `locales/*/blueprint.ftl`, without `blueprint-`.
    pub code: &'static str,
    /// What the sentence speaks of.
    pub values: Values,
}

impl Mistake {
    /// The sentence for this reader.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        words::say(locale, &format!("blueprint-{}", self.code), &self.values)
    }
}
