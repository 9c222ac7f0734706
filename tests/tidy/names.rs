//! Names that say nothing, notes to self, tests that do not run, imports that hide where a name comes from.

use syn::visit::{self, Visit};

use super::{
    paths::named,
    source::{Source, everything, files, program, read, stands},
};

const EMPTY: [&str; 15] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "misc",
    "manager",
    "managers",
    "service",
    "services",
    "handler",
    "handlers",
    "processor",
    "data",
    "info",
];

#[test]
fn names_say_something() {
    stands("names", &everything().iter().flat_map(empty_names).collect::<Vec<_>>());
}

#[test]
fn nothing_is_put_off() {
    let mut broken = Vec::new();
    for folder in ["src", "tests", "benches", "examples", "migrations", "locales", "config", "docs", ".ci"] {
        for path in files(folder, &["rs", "sql", "ftl", "toml", "md", "html", "txt", "js", "css"]) {
            broken.extend(put_off(&path, &read(&path)));
        }
    }
    broken.extend(everything().iter().flat_map(switched_off));
    stands("nothing put off", &broken);
}

#[test]
fn imports_name_what_they_bring() {
    stands("imports", &everything().iter().flat_map(globs).collect::<Vec<_>>());
}

#[test]
fn rooms_open_with_what_they_are_for() {
    let doors = program().into_iter().filter(|source| source.path.ends_with("/mod.rs"));
    stands("doors", &doors.filter_map(|source| without_words(&source)).collect::<Vec<_>>());
}

struct Nouns(Vec<String>);

impl<'ast> Visit<'ast> for Nouns {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.0.push(item.ident.to_string());
    }
    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.0.push(item.ident.to_string());
    }
    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.0.push(item.ident.to_string());
        visit::visit_item_trait(self, item);
    }
    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.0.push(item.ident.to_string());
    }
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.0.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
    }
}

fn empty_names(source: &Source) -> Vec<String> {
    let mut nouns = Nouns(source.module().into_iter().map(str::to_owned).collect());
    nouns.visit_file(&source.tree);
    let empty =
        nouns.0.into_iter().filter(|name| words(name).iter().any(|word| EMPTY.contains(&word.as_str())));
    empty.map(|name| format!("{}: `{name}`", source.path)).collect()
}

/// `OfficeHelper2` is `office`, `helper2`; `sign_up` is `sign`, `up`.
fn words(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            spaced.push('_');
        }
        spaced.extend(letter.to_lowercase());
    }
    spaced.split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn put_off(path: &str, text: &str) -> Vec<String> {
    // Written so that this file does not find itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK")];
    let lines = text.lines().enumerate().filter(|(_, line)| {
        line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| marks.contains(&word))
    });
    lines.map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim())).collect()
}

fn switched_off(source: &Source) -> Vec<String> {
    let ignored = named(source).into_iter().filter(|named| named.path == ["ignore"]);
    ignored.map(|named| format!("{}:{}: a test that is ignored", source.path, named.line)).collect()
}

fn globs(source: &Source) -> Vec<String> {
    let module = source.module();
    let in_store = source.path.starts_with("src/") && module.contains(&"store");
    let broken = named(source).into_iter().filter(|named| {
        let path = named.path.join("::");
        let vague = path.ends_with("::*") || named.path.iter().any(|word| word == "prelude");
        let allowed =
            (path.starts_with("diesel::prelude::") && in_store) || path.starts_with("proptest::prelude::");
        vague && !allowed
    });
    broken.map(|named| format!("{}:{}: {}", source.path, named.line, named.path.join("::"))).collect()
}

fn without_words(source: &Source) -> Option<String> {
    (!source.text.starts_with("//! ")).then(|| format!("{} does not say what it is for", source.path))
}

#[test]
fn what_is_badly_named_or_put_off_is_seen() {
    let source =
        Source::new("src/lab/x.rs", "struct DayInfo; mod office_helpers { enum Manager {} } struct Dataset;");
    assert_eq!(
        empty_names(&source),
        ["src/lab/x.rs: `DayInfo`", "src/lab/x.rs: `office_helpers`", "src/lab/x.rs: `Manager`"]
    );
    assert_eq!(empty_names(&Source::new("src/lab/utils.rs", "")).len(), 1);
    assert_eq!(put_off("a.sql", concat!("-- a\n-- TO", "DO: later\n")).len(), 1);
    assert_eq!(switched_off(&Source::new("src/x.rs", "#[test] #[ignore] fn f() {}")).len(), 1);
    assert_eq!(switched_off(&Source::new("src/x.rs", "#[ignore = \"slow\"] fn f() {}")).len(), 1);
    assert_eq!(globs(&Source::new("src/lab/x.rs", "use crate::kernel::*; use diesel::prelude::*;")).len(), 2);
    assert_eq!(globs(&Source::new("src/lab/x.rs", "use std::io::prelude::Read;")).len(), 1);
    assert!(globs(&Source::new("src/lab/store.rs", "use diesel::prelude::*;")).is_empty());
    assert!(without_words(&Source::new("src/lab/mod.rs", "mod api;")).is_some());
}
