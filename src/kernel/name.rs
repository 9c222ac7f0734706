//! What a thing of the lab is called, in both languages.

use serde::{Deserialize, Serialize};

use super::Locale;

/// A name in French and in English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Name {
    /// The name for this reader.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}
