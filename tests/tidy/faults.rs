//! `docs/FAULTS.md` names tests that exist.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};

use super::source::{Source, everything, read, stands};

const PAGE: &str = "docs/FAULTS.md";
/// How many a page that still says something names.
const NAMED: usize = 40;

#[test]
fn every_test_of_the_page_of_faults_exists() {
    let there: BTreeSet<String> = everything().iter().flat_map(tests_of).collect();
    let named = named(&read(PAGE));
    let missing = named.iter().filter(|name| !there.contains(*name));
    let mut broken: Vec<String> = missing.map(|name| format!("{PAGE}: no test is called {name}")).collect();
    if named.len() < NAMED {
        broken.push(format!("{PAGE}: {} tests are named, {NAMED} at least", named.len()));
    }
    stands("faults", &broken);
}

/// Paths of tests between backticks: `room::file::a_sentence`.
fn named(text: &str) -> BTreeSet<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted.filter(|words| words.contains("::")).map(str::to_owned).collect()
}

/// The paths of the tests of a file, as `cargo test` names them.
fn tests_of(source: &Source) -> Vec<String> {
    let path = source.path.trim_start_matches("tests/it/").trim_start_matches("src/").trim_end_matches(".rs");
    let module = path.trim_end_matches("/mod").replace('/', "::");
    let mut tests = Tests { module, found: Vec::new() };
    tests.visit_file(&source.tree);
    tests.found
}

struct Tests {
    module: String,
    found: Vec<String>,
}

impl<'ast> Visit<'ast> for Tests {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let outer = self.module.clone();
        self.module = format!("{outer}::{}", item.ident);
        visit::visit_item_mod(self, item);
        self.module = outer;
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let marks = item.attrs.iter().filter_map(|attribute| attribute.path().segments.last());
        if marks.map(|last| last.ident.to_string()).any(|mark| mark == "test" || mark == "rstest") {
            self.found.push(format!("{}::{}", self.module, item.sig.ident));
        }
    }
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    let source = Source::new("tests/it/room/file.rs", "#[test] fn it_holds() {} fn it_helps() {}");
    assert_eq!(tests_of(&source), ["room::file::it_holds"]);
    let inner = Source::new("src/room/mod.rs", "mod tests { #[rstest] #[case(1)] fn it_counts() {} }");
    assert_eq!(tests_of(&inner), ["room::tests::it_counts"]);
    assert_eq!(named("`room::file::it_holds` and `docs`"), ["room::file::it_holds".to_owned()].into());
}
