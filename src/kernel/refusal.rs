//! The house says no, why, and what to do about it.

use super::{
    Code, Locale,
    words::{self, Value, Values},
};

/// One reason why not: a code for programs, the facts of the case, and where there is one, a way forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The stable code.
    pub code: Code,
    /// The facts: they stand in the answer by their names and in the sentence in words.
    pub facts: Values,
    /// What the person can do now.
    pub remedy: Option<Remedy>,
    /// Seconds to wait before it makes sense to ask again (`Retry-After`).
    pub retry_after: Option<u64>,
}

/// A way forward: a link and the words on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    /// Key of the label in `locales/*/remedies.ftl`.
    pub key: &'static str,
    /// What the label speaks of.
    pub values: Values,
    /// Where to go: a path of this server.
    pub href: String,
}

impl Refusal {
    /// A refusal that needs no facts.
    #[must_use]
    pub const fn new(code: Code) -> Self {
        Self { code, facts: Vec::new(), remedy: None, retry_after: None }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((name, value.into()));
        self
    }

    /// Adds a way forward.
    #[must_use]
    pub fn remedied_by(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(remedy);
        self
    }

    /// Says when to come back.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The fact of this name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Value> {
        self.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The sentence for this reader.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        words::say(locale, &format!("refusal-{}", self.code.as_str()), &self.facts)
    }
}

impl Remedy {
    /// The words on the link.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        words::say(locale, &format!("remedy-{}", self.key), &self.values)
    }
}
