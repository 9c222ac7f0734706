//! Rules, nouns and letters are plain values: no database and no web framework. Queries are in the stores.

use super::source::{Source, program, stands};

#[test]
fn rules_nouns_and_letters_know_no_database_and_no_web() {
    stands("pure files", &program().iter().flat_map(impure).collect::<Vec<_>>());
}

#[test]
fn queries_are_in_the_stores() {
    stands("diesel only in stores", &program().iter().flat_map(stray_queries).collect::<Vec<_>>());
}

fn impure(source: &Source) -> Vec<String> {
    let module = source.module();
    let pure_room = matches!(module.first(), Some(&("kernel" | "gates")));
    let pure_file = module.iter().skip(1).any(|name| matches!(*name, "rules" | "model" | "letters"));
    if !pure_room && !pure_file {
        return Vec::new();
    }
    naming(source, |word| word.starts_with("diesel") || word.starts_with("actix"))
}

fn stray_queries(source: &Source) -> Vec<String> {
    if source.module().contains(&"store") {
        return Vec::new();
    }
    naming(source, |word| word.starts_with("diesel"))
}

fn naming(source: &Source, forbidden: impl Fn(&str) -> bool) -> Vec<String> {
    let words = source.identifiers().into_iter().filter(|(_, word)| forbidden(word));
    words.map(|(line, word)| format!("{}:{line}: `{word}` has no place here", source.path)).collect()
}

#[test]
fn what_is_in_the_wrong_layer_is_seen() {
    let diesel = "#[derive(diesel::Queryable)] struct Row;";
    let actix = "fn f() -> actix_web::HttpResponse { todo() }";
    for place in
        ["src/lab/rules.rs", "src/people/model/roles.rs", "src/outbox/letters.rs", "src/kernel/id.rs"]
    {
        assert_eq!(impure(&Source::new(place, diesel)).len(), 1, "{place}");
        assert_eq!(impure(&Source::new(place, actix)).len(), 1, "{place}");
    }
    assert_eq!(impure(&Source::new("src/gates/facts.rs", actix)).len(), 1);
    assert!(impure(&Source::new("src/lab/store.rs", diesel)).is_empty());
    assert_eq!(stray_queries(&Source::new("src/lab/make.rs", diesel)).len(), 1);
    for place in
        ["src/lab/store.rs", "src/web/idempotency/store.rs", "src/store/url.rs", "src/lab/store/days.rs"]
    {
        assert!(stray_queries(&Source::new(place, diesel)).is_empty(), "{place}");
    }
}
