//! The two languages of the house.

use serde::{Deserialize, Serialize};

/// French first, English second.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Locale {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// The language a browser would rather read, by the weights of `Accept-Language` (RFC 9110, 12.5.4);
    /// nothing when it names neither of ours.
    ///
    /// ```
    /// use etabli::kernel::Locale;
    /// assert_eq!(Locale::preferred("en-GB,en;q=0.9,fr;q=0.8"), Some(Locale::En));
    /// assert_eq!(Locale::preferred("en;q=0.1, fr-FR"), Some(Locale::Fr));
    /// assert_eq!(Locale::preferred("de, *;q=0.5"), None);
    /// ```
    #[must_use]
    pub fn preferred(accept_language: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in accept_language.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let locale = match parts.next().unwrap_or_default().split('-').next() {
                Some(tag) if tag.eq_ignore_ascii_case("fr") => Self::Fr,
                Some(tag) if tag.eq_ignore_ascii_case("en") => Self::En,
                _ => continue,
            };
            let weight =
                parts.find_map(|part| part.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(_, most)| weight > most) {
                best = Some((locale, weight));
            }
        }
        best.map(|(locale, _)| locale)
    }

    /// Its tag: `fr` or `en`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        self.into()
    }
}
