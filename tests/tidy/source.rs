//! The files of the house, as the walls read them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};

/// A file of Rust.
pub struct Source {
    /// From the root of the house, with slashes: `src/lab/store.rs`.
    pub path: String,
    pub text: String,
    pub tree: syn::File,
}

impl Source {
    /// Reads a text as if it stood at this path.
    pub fn new(path: &str, text: &str) -> Self {
        let tree = syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is not Rust: {error}"));
        Self { path: path.to_owned(), text: text.to_owned(), tree }
    }

    /// Its module path inside the crate: `src/lab/store.rs` is `lab, store`, and `src/lib.rs` is nothing.
    pub fn module(&self) -> Vec<&str> {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path).trim_end_matches(".rs");
        let mut names: Vec<&str> = inside.split('/').collect();
        if matches!(names.last(), Some(&("mod" | "lib" | "main"))) {
            names.pop();
        }
        names
    }

    /// Every identifier, with its line; comments and texts are none.
    pub fn identifiers(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        identifiers(self.text.parse().unwrap(), &mut found);
        found
    }
}

fn identifiers(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => found.push((word.span().start().line, word.to_string())),
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The root of the house.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder with one of these endings, by its path from the root, in order.
pub fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let mut paths: Vec<String> = found
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)))
        .map(|path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    paths.sort();
    paths
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// The text of a file, by its path from the root.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of the program.
pub fn program() -> Vec<Source> {
    files("src", &["rs"]).iter().map(|path| Source::new(path, &read(path))).collect()
}

/// Every file of the program, its tests and its benches.
pub fn everything() -> Vec<Source> {
    let folders = ["src", "tests", "benches", "examples"];
    let paths = folders.iter().flat_map(|folder| files(folder, &["rs"]));
    paths.map(|path| Source::new(&path, &read(&path))).collect()
}

/// Fails with everything that breaks a wall at once.
#[track_caller]
pub fn stands(wall: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{wall}: {} broken\n  {}", broken.len(), broken.join("\n  "));
}

#[test]
fn a_file_knows_its_place() {
    assert_eq!(Source::new("src/lab/store.rs", "").module(), ["lab", "store"]);
    assert_eq!(Source::new("src/lab/mod.rs", "").module(), ["lab"]);
    assert!(Source::new("src/lib.rs", "").module().is_empty());
    let source =
        Source::new("src/x.rs", "// diesel\n/// diesel\nconst A: &str = \"diesel\"; fn f() { m!(actix) }");
    assert!(source.identifiers().iter().all(|(_, word)| word != "diesel"));
    assert!(source.identifiers().contains(&(3, "actix".to_owned())));
}
