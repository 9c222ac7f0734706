//! Both languages say the same things: `locales/{fr,en}/*.ftl`.

use std::collections::{BTreeMap, BTreeSet};

use etabli::kernel::Locale;
use fluent_templates::fluent_bundle::FluentResource;

use super::source::{files, read, stands};

/// What each message speaks of, by its key; an attribute is `key.attribute`.
pub type Messages = BTreeMap<String, BTreeSet<String>>;

pub const LANGUAGES: [(&str, Locale); 2] = [("fr", Locale::Fr), ("en", Locale::En)];

/// Every message of a language.
pub fn messages(language: &str) -> Messages {
    files(&format!("locales/{language}"), &["ftl"]).iter().flat_map(|path| parse(&read(path))).collect()
}

#[test]
fn both_languages_hold_the_same_sentences() {
    let mut broken = different(&messages("fr"), &messages("en"));
    let names = |language: &str| {
        let prefix = format!("locales/{language}/");
        files(&prefix, &["ftl"])
            .iter()
            .map(|path| path.trim_start_matches(&prefix).to_owned())
            .collect::<Vec<_>>()
    };
    if names("fr") != names("en") {
        broken.push(format!("the files differ: {:?} {:?}", names("fr"), names("en")));
    }
    stands("languages", &broken);
}

#[test]
fn every_sentence_is_written_once_and_well() {
    let mut broken = Vec::new();
    for (language, _) in LANGUAGES {
        let mut seen = BTreeMap::new();
        for path in files(&format!("locales/{language}"), &["ftl"]) {
            let text = read(&path);
            if let Err((_, errors)) = FluentResource::try_new(text.clone()) {
                broken.push(format!("{path}: {errors:?}"));
            }
            for key in keys(&text) {
                if let Some(before) = seen.insert(key.clone(), path.clone()) {
                    broken.push(format!("{path}: {key} is in {before} too"));
                }
            }
        }
    }
    stands("sentences", &broken);
}

/// In French a space that does not break stands before two-part signs and inside guillemets, and the apostrophe is bent:
/// otherwise a line of a letter may begin with a colon.
#[test]
fn french_sentences_are_well_spaced() {
    let broken = files("locales/fr", &["ftl"]).into_iter().flat_map(|path| {
        let text = read(&path);
        let ill: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && ill_spaced(line)).collect();
        ill.into_iter().map(|line| format!("{path}: {line}")).collect::<Vec<_>>()
    });
    stands("French spaces", &broken.collect::<Vec<_>>());
}

fn ill_spaced(line: &str) -> bool {
    let signs = [" :", " ;", " !", " ?", " »"].iter().any(|sign| {
        line.match_indices(sign)
            .any(|(at, _)| line[at + sign.len()..].chars().next().is_none_or(|next| " .,)".contains(next)))
    });
    let letter = |char: Option<char>| char.is_some_and(char::is_alphabetic);
    let straight = line
        .match_indices('\'')
        .any(|(at, _)| letter(line[..at].chars().next_back()) && letter(line[at + 1..].chars().next()));
    signs || line.contains("« ") || straight
}

#[test]
fn an_ill_spaced_sentence_is_seen() {
    for ill in ["a = Libre : oui", "a = Oui !", "a = « oui\u{a0}»", "a = «\u{a0}oui » dit-il", "a = l'outil"]
    {
        assert!(ill_spaced(ill), "{ill}");
    }
    for well in ["a = Libre\u{a0}: oui", "a = l’outil, 10:30", "    badge MACHINE QUI", "a = { $n -> "] {
        assert!(!ill_spaced(well), "{well}");
    }
}

fn different(french: &Messages, english: &Messages) -> Vec<String> {
    let mut broken = Vec::new();
    for (key, values) in french {
        match english.get(key) {
            None => broken.push(format!("{key} is not in English")),
            Some(other) if other != values => {
                broken.push(format!("{key} speaks of {values:?} in French and of {other:?} in English"));
            }
            Some(_) => {}
        }
    }
    broken.extend(
        english.keys().filter(|key| !french.contains_key(*key)).map(|key| format!("{key} is not in French")),
    );
    broken
}

/// In the order of the file, doubles included.
fn keys(text: &str) -> Vec<String> {
    lines(text).into_iter().filter_map(|(key, begins, _)| begins.then_some(key)).collect()
}

fn parse(text: &str) -> Messages {
    let mut messages = Messages::new();
    for (key, _, line) in lines(text) {
        let values = line.split('$').skip(1);
        let names =
            values.map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        messages.entry(key).or_default().extend(names);
    }
    messages
}

/// Every line, with the key it belongs to and whether it begins it.
fn lines(text: &str) -> Vec<(String, bool, &str)> {
    let (mut message, mut key, mut found) = (String::new(), String::new(), Vec::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let word = line.split('=').next().unwrap_or_default().trim();
        let indented = line.starts_with(' ');
        let is_key =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        let mut begins = false;
        if !indented && line.contains('=') && is_key(word) {
            (message, key, begins) = (word.to_owned(), word.to_owned(), true);
        } else if let Some(attribute) = word.strip_prefix('.')
            && indented
            && line.contains('=')
            && is_key(attribute)
        {
            (key, begins) = (format!("{message}.{attribute}"), true);
        }
        if !key.is_empty() {
            found.push((key.clone(), begins, line));
        }
    }
    found
}

#[test]
fn what_one_language_lacks_is_seen() {
    let french = parse(
        "# c\na = Bonjour { $name }\n    .more = { $n ->\n  [one] un { $x }\n *[other] { $n }\n }\nb-c_d = B\n",
    );
    assert_eq!(french["a"].iter().collect::<Vec<_>>(), ["name"]);
    assert_eq!(french["a.more"].iter().collect::<Vec<_>>(), ["n", "x"]);
    assert!(french["b-c_d"].is_empty());
    let english = parse("a = Hello\n    .more = { $n } { $x }\n");
    let found = different(&french, &english);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(different(&parse("a = 1"), &parse("a = 1\nz = 2")), ["z is not in French"]);
    assert_eq!(keys("a = 1\na = 2\n"), ["a", "a"]);
}
