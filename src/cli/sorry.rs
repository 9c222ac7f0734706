//! What the house says no with, in words.

use anyhow::anyhow;

use crate::kernel::{Error, FieldError, Locale, words::say};

/// The sentences of a refusal; a fault as it is.
pub(super) fn sorry(error: Error, language: Locale) -> anyhow::Error {
    let sentences: Vec<String> = match error {
        Error::Fault(fault) => return fault,
        Error::Refused(refusals) => refusals.iter().map(|refusal| refusal.sentence(language)).collect(),
        Error::Invalid(fields) => {
            let said = |field: &FieldError| say(language, &format!("field-{}", field.code), &field.values);
            fields.iter().map(said).collect()
        }
    };
    anyhow!("{}", sentences.join(" "))
}
