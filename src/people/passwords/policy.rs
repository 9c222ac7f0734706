//! Whether a password is good enough (NIST SP 800-63B-4, 3.1.1): long, and not one that is easily guessed.
//!
//! Deliberately absent: composition rules, expiry, hints.

use zxcvbn::{Score, zxcvbn};

use super::{Password, blocklist};
use crate::kernel::FieldError;

/// Characters a password has at least (Unicode scalar values after NFC), when it is the only thing asked for.
pub const SHORTEST: usize = 15;
/// Bytes a password has at most: more would only be work for the hash.
pub const LONGEST_BYTES: usize = 1024;

/// The words of the house: the first that attackers of this lab would try.
const OWN_WORDS: &[&str] = &[
    "etabli",
    "établi",
    "demo",
    "fablab",
    "makerspace",
    "atelier",
    "noyon",
    "noyonnais",
    "inovia",
    "laser",
    "machine",
];

/// Fewer characters than this besides well-known words are no secret.
const LEFT_AT_LEAST: usize = 8;

/// Why a password is not good enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST_BYTES`].
    TooLong,
    /// One that everybody chooses.
    Common,
    /// Hardly more than words about the person or the lab; holds one of them.
    Personal(String),
    /// A few characters again and again.
    Repeating,
    /// Guessed in a short time all the same.
    Guessable,
}

impl Weakness {
    /// The sentence beside the field of the password.
    #[must_use]
    pub fn at(&self, path: &str) -> FieldError {
        let (code, values) = match self {
            Self::TooShort => ("password_too_short", vec![("least", count(SHORTEST))]),
            Self::TooLong => ("password_too_long", vec![("most", count(LONGEST_BYTES))]),
            Self::Common => ("password_common", vec![]),
            Self::Personal(word) => ("password_personal", vec![("word", word.as_str().into())]),
            Self::Repeating => ("password_repeating", vec![]),
            Self::Guessable => ("password_guessable", vec![]),
        };
        FieldError { path: path.to_owned(), code, values }
    }
}

fn count(number: usize) -> crate::kernel::Value {
    crate::kernel::Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What is wrong with a password, if anything; `about` are words about its owner: name, address, commune.
///
/// ```
/// use etabli::people::{Password, Weakness, weakness};
/// let ada = ["Ada Lovelace", "ada.lovelace@example.org"];
/// let judge = |text| weakness(&Password::new(text), &ada);
/// assert_eq!(judge("girafe tournevis dimanche"), None);
/// assert_eq!(judge("trop court"), Some(Weakness::TooShort));
/// assert_eq!(judge("motdepassemotdepasse"), Some(Weakness::Common));
/// assert_eq!(judge("abababababababababab"), Some(Weakness::Repeating));
/// assert_eq!(judge("AdaLovelace-2026"), Some(Weakness::Personal("lovelace".into())));
/// ```
#[must_use]
pub fn weakness(password: &Password, about: &[&str]) -> Option<Weakness> {
    let text = password.reveal();
    if text.len() > LONGEST_BYTES {
        return Some(Weakness::TooLong);
    }
    if text.chars().count() < SHORTEST {
        return Some(Weakness::TooShort);
    }
    let bare = blocklist::bare(text);
    if blocklist::is_common(&bare) {
        return Some(Weakness::Common);
    }
    if repeats(text) {
        return Some(Weakness::Repeating);
    }
    let words = words_about(about);
    if let Some(word) = hardly_more_than(&bare, &words) {
        return Some(Weakness::Personal(word));
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    (zxcvbn(text, &words).score() < Score::Three).then_some(Weakness::Guessable)
}

/// The single words about a person and the house, long ones first, so that they are taken out whole.
fn words_about(about: &[&str]) -> Vec<String> {
    let single = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let mut words: Vec<String> =
        single.chain(OWN_WORDS.iter().copied()).map(blocklist::bare).filter(|word| word.len() >= 3).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

/// The longest known word inside, where little else is left once all of them are taken out.
fn hardly_more_than(bare: &str, words: &[String]) -> Option<String> {
    let first = words.iter().find(|word| bare.contains(word.as_str()))?;
    let rest = words.iter().fold(bare.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    (rest.chars().count() < LEFT_AT_LEAST).then(|| first.clone())
}

/// Whether the text is made of very few characters, or of one short piece again and again.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut distinct = chars.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let again = |length: usize| chars.iter().skip(length).zip(&chars).all(|(one, other)| one == other);
    distinct.len() < 5 || (1..=chars.len() / 3).any(again)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Password, Weakness, weakness};

    #[rstest]
    #[case::counted_in_characters_not_bytes("éééééééé", Some(Weakness::TooShort))]
    #[case::any_script("пятнадцать берёз у реки", None)]
    #[case::no_composition_rule("girafe tournevis dimanche", None)]
    #[case::again_and_again("abc!abc!abc!abc!", Some(Weakness::Repeating))]
    #[case::one_key("aaaaaaaaaaaaaaaaaaaa", Some(Weakness::Repeating))]
    #[case::the_demonstration("etabli-demo-2026", Some(Weakness::Personal("etabli".into())))]
    #[case::a_name_and_a_year("Grace.Hopper.1906", Some(Weakness::Personal("hopper".into())))]
    #[case::a_name_in_a_phrase("hopper trouve un papillon gris", None)]
    #[case::a_keyboard("qwertyuiopasdfgh", Some(Weakness::Common))]
    #[case::guessed_soon("manchesterunited", Some(Weakness::Guessable))]
    fn passwords_are_judged(#[case] text: &str, #[case] expected: Option<Weakness>) {
        assert_eq!(
            weakness(&Password::new(text), &["Grace Hopper", "grace@example.org"]),
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_password_longer_than_the_limit_is_refused_before_any_work() {
        assert_eq!(weakness(&Password::new(&"é".repeat(513)), &[]), Some(Weakness::TooLong));
    }

    #[test]
    fn two_ways_of_typing_an_accent_are_one_password() {
        assert_eq!(Password::new("cafe\u{301}"), Password::new("café"));
    }
}
