//! Which sentences the source asks for: what is given to `say`, to fields and to remedies, also through functions
//! that only pass a key on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    calls::{Call, Scope, calls},
    source::Source,
};

/// What the source asks for.
#[derive(Debug, Default)]
pub struct Asked {
    /// Keys of messages, with a place that asks for them; `*` stands for what is only known when it runs.
    pub keys: BTreeMap<String, String>,
    /// Places whose key cannot be read from the source.
    pub unclear: Vec<String>,
}

/// A function that wants a key: in which file or room it is known, its name, which argument, what comes before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Wants {
    within: String,
    name: String,
    place: usize,
    prefix: &'static str,
}

/// Those every file knows; structs name their field instead of counting.
const FIRST: [(&str, usize, &str); 8] = [
    ("say", 1, ""),
    ("words::find", 1, ""),
    ("Error::field", 1, "field-"),
    ("FieldError::new", 1, "field-"),
    (".note", 1, "field-"),
    (".require", 2, "field-"),
    ("FieldError{code}", 0, "field-"),
    ("Remedy{key}", 0, "remedy-"),
];

/// Where a key comes out of a rule as its refusal, with what the rule may say.
const BY_HAND: [(&str, &[&str]); 1] = [("src/training/grade.rs", GRADE)];

const GRADE: &[&str] = &["field-already_passed", "field-not_in_session"];

/// Reads all of it.
pub fn asked(sources: &[Source]) -> Asked {
    let all: Vec<(String, Vec<Call>)> =
        sources.iter().map(|source| (source.path.clone(), calls(source))).collect();
    let mut wanting: BTreeSet<Wants> = FIRST
        .iter()
        .map(|(name, place, prefix)| Wants {
            within: "src/".into(),
            name: (*name).into(),
            place: *place,
            prefix,
        })
        .collect();
    loop {
        let mut asked = Asked::default();
        let mut more = BTreeSet::new();
        for (path, calls) in &all {
            for call in calls {
                for want in
                    wanting.iter().filter(|want| path.starts_with(&want.within) && call.is_to(&want.name))
                {
                    follow(path, call, want, &mut asked, &mut more);
                }
            }
        }
        let before = wanting.len();
        wanting.extend(more);
        if wanting.len() == before {
            return asked;
        }
    }
}

fn follow(path: &str, call: &Call, want: &Wants, asked: &mut Asked, more: &mut BTreeSet<Wants>) {
    let Some(given) = call.given.get(want.place) else { return };
    let place = format!("{path}:{}", call.line);
    for text in &given.texts {
        asked.keys.entry(format!("{}{text}", want.prefix)).or_insert_with(|| place.clone());
    }
    match given.name.as_deref().and_then(|name| call.parameter(name)) {
        Some((Scope::Function(function), position)) => {
            more.insert(Wants {
                within: room(path),
                name: function.clone(),
                place: position,
                prefix: want.prefix,
            });
        }
        Some((Scope::Closure(closure), position)) => {
            more.insert(Wants {
                within: path.to_owned(),
                name: closure.clone(),
                place: position,
                prefix: want.prefix,
            });
        }
        None if given.texts.is_empty() && by_hand(path, &place, asked) => {}
        None if given.texts.is_empty() => asked.unclear.push(format!("{place}: which sentence is this?")),
        None => {}
    }
}

fn by_hand(path: &str, place: &str, asked: &mut Asked) -> bool {
    let known = BY_HAND.iter().find(|(known, _)| *known == path);
    for key in known.into_iter().flat_map(|(_, keys)| *keys) {
        asked.keys.insert((*key).to_owned(), place.to_owned());
    }
    known.is_some()
}

/// The folder of a room, in which its functions are known by their names alone.
fn room(path: &str) -> String {
    path.split_inclusive('/').take(2).collect()
}

#[test]
fn keys_are_followed_through_functions_and_closures() {
    let text = "
        fn subject(to: &Contact, key: &str) -> String { say(to.locale, key, &[]) }
        fn f() {
            subject(to, \"letter-a\");
            let wrong = |path: &str, code| Error::field(format!(\"x.{path}\"), code);
            wrong(\"hour\", \"wall_time\");
            let key = if late { \"late\" } else { \"early\" };
            say(l, key, &[]);
            say(l, &format!(\"letter-{kind}-{}\", which), &[]);
            Remedy { key: \"desk\", values };
            fields.note(path, if a { \"b\" } else { \"c\" }, vec![]);
            store::find(db, key);
            let (code, values) = match weak { A => (\"short\", 1), B(c) => (\"long\", c) };
            FieldError { path, code, values };
            measure::g(response, since);
        }
        impl A { fn g(&self, code: &'static str) { self.fields.require(true, \"p\", code) } }
        fn h() { a.g(\"through_self\"); say(l, mystery(), &[]) }";
    let asked = asked(&[Source::new("src/lab/x.rs", text)]);
    let keys: Vec<&str> = asked.keys.keys().map(String::as_str).collect();
    let expected = [
        "early",
        "field-b",
        "field-c",
        "field-long",
        "field-short",
        "field-through_self",
        "field-wall_time",
        "late",
        "letter-*-*",
        "letter-a",
        "remedy-desk",
    ];
    assert_eq!(keys, expected);
    assert_eq!(asked.unclear.len(), 1, "{:?}", asked.unclear);
}
