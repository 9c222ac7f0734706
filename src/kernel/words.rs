//! Sentences in the reader's language, from `locales/{fr,en}/*.ftl` (Project Fluent), compiled in.

use std::{borrow::Cow, collections::HashMap};

use chrono::NaiveDate;
use fluent_templates::{LanguageIdentifier, fluent_bundle::FluentValue, langid, static_loader};
use serde_json::Value as Json;

use super::{Instant, Locale, Name, Zone, day_name};

static_loader! {
    static SENTENCES = {
        locales: "./locales",
        fallback_language: "fr",
        // Invisible isolation marks would leak into letters and calendars.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const FRENCH: LanguageIdentifier = langid!("fr");
const ENGLISH: LanguageIdentifier = langid!("en");

/// Something a sentence speaks of: written as JSON for programs, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A word that is the same in both languages: a slug, a person's name.
    Text(String),
    /// The name of a thing of the lab.
    Name(Name),
    /// A number of things.
    Count(i64),
    /// A length of time, in minutes.
    Minutes(i64),
    /// An instant, said in the lab's zone.
    At(Instant, Zone),
    /// A calendar date.
    On(NaiveDate),
    /// Things for programs to read; sentences leave them out.
    Listing(Vec<Json>),
}

/// The values a sentence needs, by name.
pub type Values = Vec<(&'static str, Value)>;

impl Value {
    /// As programs read it.
    #[must_use]
    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => Json::from(text.as_str()),
            Self::Name(name) => Json::from(name.fr.as_str()),
            Self::Count(number) | Self::Minutes(number) => Json::from(*number),
            Self::At(instant, _) => Json::from(instant.to_string()),
            Self::On(date) => Json::from(date.to_string()),
            Self::Listing(things) => Json::Array(things.clone()),
        }
    }

    fn in_words(&self, locale: Locale) -> FluentValue<'static> {
        match self {
            Self::Text(text) => FluentValue::from(text.clone()),
            Self::Name(name) => FluentValue::from(name.in_language(locale).to_owned()),
            Self::Count(number) => FluentValue::from(*number),
            Self::Minutes(minutes) => FluentValue::from(day_name::minutes(*minutes)),
            Self::At(instant, zone) => FluentValue::from(day_name::moment(*instant, *zone, locale)),
            Self::On(date) => FluentValue::from(day_name::date(*date, locale)),
            Self::Listing(things) => FluentValue::from(things.len()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Name> for Value {
    fn from(name: &Name) -> Self {
        Self::Name(name.clone())
    }
}

/// The sentence of this key in this language; the key itself where nobody wrote one (a test forbids it).
#[must_use]
pub fn say(locale: Locale, key: &str, values: &[(&'static str, Value)]) -> String {
    find(locale, key, values).unwrap_or_else(|| key.to_owned())
}

/// The sentence of this key in this language, if there is one.
#[must_use]
pub fn find(locale: Locale, key: &str, values: &[(&'static str, Value)]) -> Option<String> {
    let language = match locale {
        Locale::Fr => &FRENCH,
        Locale::En => &ENGLISH,
    };
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
        values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.in_words(locale))).collect();
    SENTENCES.lookup_single_language(language, key, Some(&values)).ok()
}
