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

    /// The sentence for this reader, then one more for each fact that has its own (an attribute of the message).
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let key = format!("refusal-{}", self.code.as_str());
        let mut sentence = words::say(locale, &key, &self.facts);
        for (fact, _) in &self.facts {
            if let Some(more) = words::find(locale, &format!("{key}.{fact}"), &self.facts) {
                sentence.push(' ');
                sentence.push_str(&more);
            }
        }
        sentence
    }
}

impl Remedy {
    /// The words on the link.
    #[must_use]
    pub fn label(&self, locale: Locale) -> String {
        words::say(locale, &format!("remedy-{}", self.key), &self.values)
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::{Code, Locale, Refusal, words::find};
    use crate::kernel::Value;

    #[test]
    fn every_code_has_a_title_and_a_sentence_in_both_languages() {
        for code in Code::VARIANTS {
            for locale in [Locale::Fr, Locale::En] {
                for kind in ["title", "refusal"] {
                    let key = format!("{kind}-{}", code.as_str());
                    let said =
                        find(locale, &key, &[]).unwrap_or_else(|| panic!("{locale:?}: {key} is missing"));
                    assert!(said.chars().count() > 5, "{locale:?}: {key} says {said:?}");
                }
            }
        }
    }

    #[test]
    fn a_sentence_says_what_is_known_and_no_more() {
        let refusal = Refusal::new(Code::AccountSuspended);
        assert_eq!(refusal.sentence(Locale::En), "Your account is suspended.");
        let refusal = refusal.with("reason", "broken laser tube");
        assert_eq!(refusal.sentence(Locale::En), "Your account is suspended. Reason: broken laser tube.");
        let refusal = Refusal::new(Code::QuotaExceeded)
            .with("limit_minutes", Value::Minutes(600))
            .with("limit_reservations", Value::Count(1))
            .with("used_minutes", Value::Minutes(570));
        assert_eq!(
            refusal.sentence(Locale::Fr),
            "Ce créneau dépasserait ce que permet votre formule. Vous avez droit à 10 h par semaine. \
             Vous pouvez avoir une réservation à venir à la fois. Déjà réservé\u{a0}: 9 h 30."
        );
    }

    #[test]
    fn every_sentence_about_a_fact_can_be_said() {
        let cases: &[(Code, &str, Value)] = &[
            (Code::MachineOutOfService, "state", Value::from("broken")),
            (Code::MachineOutOfService, "until", Value::from("demain")),
            (Code::WorkshopFull, "capacity", Value::Count(8)),
            (Code::TooSoon, "notice_minutes", Value::Minutes(120)),
            (Code::TooFar, "horizon_days", Value::Count(60)),
            (Code::PeriodMisaligned, "grid_minutes", Value::Minutes(30)),
            (Code::TooShort, "min_minutes", Value::Minutes(30)),
            (Code::TooLong, "max_minutes", Value::Minutes(240)),
            (Code::MembershipMissing, "on", Value::On("2026-03-03".parse().unwrap())),
            (Code::TrainingMissing, "training_name", Value::from("Laser")),
            (Code::TrainingExpired, "since", Value::On("2026-03-03".parse().unwrap())),
            (Code::TooYoung, "min_age", Value::Count(16)),
            (Code::TooLateToCancel, "notice_minutes", Value::Minutes(120)),
        ];
        for (code, fact, value) in cases {
            for locale in [Locale::Fr, Locale::En] {
                let (bare, told) = (Refusal::new(*code), Refusal::new(*code).with(fact, value.clone()));
                assert!(
                    told.sentence(locale).len() > bare.sentence(locale).len() + 5,
                    "{code:?} {fact} {locale:?}"
                );
            }
        }
    }
}
