//! Every sentence the source asks for is written, and every sentence written is asked for.

use std::collections::BTreeSet;

use super::{
    asked::{Asked, asked},
    source::{Source, program, stands},
    words::{LANGUAGES, Messages, messages},
};

#[test]
fn every_sentence_that_is_asked_for_is_written() {
    let asked = asked(&program());
    assert!(
        asked.keys.len() > 60,
        "only {} sentences are asked for: is the source still read?",
        asked.keys.len()
    );
    let mut broken = asked.unclear.clone();
    for (language, _) in LANGUAGES {
        broken.extend(
            unwritten(&asked, &messages(language)).into_iter().map(|told| format!("{language}: {told}")),
        );
    }
    stands("sentences asked for", &broken);
}

#[test]
fn every_sentence_that_is_written_is_asked_for() {
    stands("sentences nobody says", &unsaid(&asked(&program()), &messages("fr")));
}

fn unwritten(asked: &Asked, messages: &Messages) -> Vec<String> {
    let lacking = asked.keys.iter().filter(|(key, _)| !messages.keys().any(|message| matches(key, message)));
    lacking.map(|(key, place)| format!("{key} is not written, {place}")).collect()
}

fn unsaid(asked: &Asked, messages: &Messages) -> Vec<String> {
    // Where a code becomes its sentence; codes are known one by one.
    let general = ["title-*", "refusal-*", "field-*", "remedy-*"];
    let asked_for = asked.keys.keys().map(String::as_str);
    let patterns: BTreeSet<&str> = asked_for.filter(|key| !general.contains(key)).collect();
    let of_code = |message: &str| message.starts_with("title-") || message.starts_with("refusal-");
    let unsaid = messages.keys().filter(|message| !message.contains('.') && !of_code(message));
    unsaid.filter(|message| !patterns.iter().any(|key| matches(key, message))).cloned().collect()
}

/// Whether a key, in which `*` stands for any word, is this message.
fn matches(key: &str, message: &str) -> bool {
    let mut parts = key.split('*');
    let Some(mut rest) = message.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut whole = !key.contains('*');
    for part in parts {
        // The last part must end the message, or `a-*-b` would be content with `a-x-bc`.
        match rest.find(part) {
            Some(at) if at > 0 || rest.is_empty() => rest = &rest[at + part.len()..],
            _ if part.is_empty() => {}
            _ => return false,
        }
        whole = part.is_empty();
    }
    rest.is_empty() || (whole && key.ends_with('*'))
}

#[test]
fn a_sentence_nobody_wrote_is_seen() {
    let text = "fn f(fields: &mut Fields) { fields.require(true, \"a\", \"not_written\"); say(l, \"notice-none\", &[]); }";
    let asked = asked(&[Source::new("src/x/api.rs", text)]);
    assert_eq!(unwritten(&asked, &messages("fr")).len(), 2, "{:?}", asked.keys);
    let mut written = messages("en");
    written.insert("notice-nobody-says".to_owned(), BTreeSet::new());
    assert!(unsaid(&asked, &written).contains(&"notice-nobody-says".to_owned()));
}

#[test]
fn a_key_with_a_gap_stands_for_whole_messages() {
    assert!(matches("letter-*-subject", "letter-confirm_email-subject"));
    assert!(matches("letter-*", "letter-confirm_email-subject"));
    assert!(matches("letter-*-*", "letter-confirm-subject"));
    assert!(matches("field-length", "field-length"));
    assert!(!matches("letter-*-subject", "letter-confirm-body"));
    assert!(!matches("letter-*-subject", "letter-confirm-subject-more"));
    assert!(!matches("field-length", "field-lengthy"));
}
