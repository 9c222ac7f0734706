//! Every code of the house has its sentences in both languages and its line in `docs/API.md`.

use std::collections::{BTreeMap, BTreeSet};

use etabli::{
    kernel::{Code, words::find},
    web::openapi::facts::FACTS,
};
use strum::VariantArray;

use super::{
    calls::calls,
    paths::named,
    source::{program, read, stands},
    words::{LANGUAGES, messages},
};

const PAGE: &str = "docs/API.md";

#[test]
fn every_code_has_a_title_and_a_sentence_in_both_languages() {
    let mut broken = Vec::new();
    for code in Code::VARIANTS {
        for (language, locale) in LANGUAGES {
            for kind in ["title", "refusal"] {
                let key = format!("{kind}-{}", code.as_str());
                if find(locale, &key, &[]).is_none_or(|said| said.trim().chars().count() < 6) {
                    broken.push(format!("{language}: {key} says nothing"));
                }
            }
        }
    }
    stands("codes", &broken);
}

#[test]
fn no_sentence_speaks_of_a_code_that_is_no_more() {
    let known: Vec<&str> = Code::VARIANTS.iter().map(|code| code.as_str()).collect();
    let mut broken = Vec::new();
    for key in messages("fr").into_keys() {
        let code = key.strip_prefix("title-").or(key.strip_prefix("refusal-"));
        let code = code.and_then(|code| code.split('.').next());
        broken.extend(code.filter(|code| !known.contains(code)).map(|_| key.clone()));
    }
    stands("codes that are no more", &broken);
}

#[test]
fn no_code_is_without_a_place_that_says_it() {
    let said: BTreeSet<String> = program()
        .iter()
        .filter(|source| source.path != "src/kernel/code.rs")
        .flat_map(|source| named(source).into_iter().flat_map(|named| named.path))
        .collect();
    let unsaid = Code::VARIANTS.iter().map(|code| format!("{code:?}")).filter(|code| !said.contains(code));
    stands("codes nobody says", &unsaid.collect::<Vec<_>>());
}

/// The facts that refusals are given, by name.
fn facts_given() -> BTreeSet<String> {
    let given: BTreeSet<String> = program()
        .iter()
        .flat_map(calls)
        .filter(|call| call.name == ".with")
        .flat_map(|call| call.given.into_iter().take(1).flat_map(|given| given.texts))
        .collect();
    assert!(given.contains("notice_minutes"), "facts are not read any more: {given:?}");
    given
}

/// The description of the API says of each fact what it is: a new one has its line in `src/web/openapi/facts.rs`.
#[test]
fn every_fact_is_described_and_none_is_that_nobody_gives() {
    let described: BTreeSet<String> = FACTS.iter().map(|(name, _, _)| (*name).to_owned()).collect();
    let given = facts_given();
    stands("facts that are not described", &given.difference(&described).cloned().collect::<Vec<_>>());
    stands("facts that nobody gives", &described.difference(&given).cloned().collect::<Vec<_>>());
}

/// A sentence about a fact is an attribute of the refusal with the fact's name: of no other name can it ever be said.
#[test]
fn every_sentence_about_a_fact_has_its_fact() {
    let given = facts_given();
    let all = messages("fr");
    let facts = all.keys().filter(|key| key.starts_with("refusal-")).filter_map(|key| key.split_once('.'));
    let unknown = facts.filter(|(_, fact)| !given.contains(*fact));
    stands("facts", &unknown.map(|(key, fact)| format!("{key}: nobody gives `{fact}`")).collect::<Vec<_>>());
}

#[test]
fn every_code_has_its_line_on_the_page_of_the_contract() {
    let page = page(&read(PAGE));
    let codes: Vec<_> = Code::VARIANTS.iter().map(|code| (code.as_str(), code.status())).collect();
    stands(PAGE, &misplaced(&codes, &page));
}

/// The status of each code that has a line in the table.
fn page(text: &str) -> BTreeMap<String, String> {
    let rows = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
        Some((cells.next()?.trim_end_matches('`').to_owned(), cells.next()?.to_owned()))
    });
    rows.collect()
}

fn misplaced(codes: &[(&str, u16)], page: &BTreeMap<String, String>) -> Vec<String> {
    let mut broken = Vec::new();
    for (code, status) in codes {
        match page.get(*code) {
            None => broken.push(format!("`{code}` has no line")),
            Some(said) if *said != status.to_string() => {
                broken.push(format!("`{code}` answers {status}, the page says {said}"));
            }
            Some(_) => {}
        }
    }
    let known = |code: &String| codes.iter().any(|(known, _)| known == code);
    broken.extend(page.keys().filter(|code| !known(code)).map(|code| format!("`{code}` is no code")));
    broken
}

#[test]
fn a_code_without_its_line_is_seen() {
    let page = page("| code | status |\n| --- | --- |\n| `a` | 409 | x |\n| `b` | 422 | y |\n");
    let found = misplaced(&[("a", 409), ("b", 409), ("c", 400)], &page);
    assert_eq!(found, ["`b` answers 409, the page says 422", "`c` has no line"]);
    assert_eq!(misplaced(&[("a", 409)], &page), ["`b` is no code"]);
}
