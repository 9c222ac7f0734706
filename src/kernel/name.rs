//! What a thing of the lab is called, in both languages.

use serde::{Deserialize, Serialize};

use super::{Locale, Patch};

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

/// What to change of a name, a language at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NamePatch {
    /// In French.
    #[serde(default)]
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub fr: Patch<String>,
    /// In English.
    #[serde(default)]
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    pub en: Patch<String>,
}

impl NamePatch {
    /// Writes what the change speaks of.
    pub fn apply(self, name: &mut Name) {
        self.fr.apply(&mut name.fr);
        self.en.apply(&mut name.en);
    }
}

impl From<Name> for NamePatch {
    fn from(name: Name) -> Self {
        Self { fr: Patch::Set(name.fr), en: Patch::Set(name.en) }
    }
}
