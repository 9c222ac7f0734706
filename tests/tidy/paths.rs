//! Who names whom: every path of a file that starts at the crate, at another crate, or at a parent.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    UseTree,
    spanned::Spanned,
    visit::{self, Visit},
};

use super::source::Source;

/// A path as a file names it, written out from the root: `crate::lab::store::get` is `crate, lab, store, get`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
}

/// Every path of a file: imports, paths in code and in signatures, paths inside macros and attributes.
pub fn named(source: &Source) -> Vec<Named> {
    let module = source.module().into_iter().map(str::to_owned).collect();
    let mut reader = Reader { module, found: Vec::new() };
    reader.visit_file(&source.tree);
    reader.found
}

struct Reader {
    module: Vec<String>,
    found: Vec<Named>,
}

impl Reader {
    fn note(&mut self, line: usize, path: &[String]) {
        let mut base = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("self") => rest = &path[1..],
            Some("super") => {
                while rest.first().is_some_and(|word| word == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => return self.found.push(Named { line, path: path.to_vec() }),
        }
        let whole = ["crate".to_owned()].into_iter().chain(base).chain(rest.iter().cloned());
        self.found.push(Named { line, path: whole.collect() });
    }

    fn import(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        let line = tree.span().start().line;
        match tree {
            UseTree::Path(path) => self.import(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.note(line, &with(name.ident.to_string())),
            UseTree::Rename(name) => self.note(line, &with(name.ident.to_string())),
            UseTree::Glob(_) => self.note(line, &with("*".to_owned())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.import(before, tree)),
        }
    }

    /// Paths in the text of a macro, as far as words and `::` go.
    fn tokens(&mut self, tokens: TokenStream) {
        let (mut path, mut line, mut colons) = (Vec::new(), 0, 0);
        for token in tokens {
            match token {
                TokenTree::Ident(word) => {
                    if colons < 2 {
                        self.flush(line, &mut path);
                    }
                    if path.is_empty() {
                        line = word.span().start().line;
                    }
                    path.push(word.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.flush(line, &mut path);
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => self.flush(line, &mut path),
            }
        }
        self.flush(line, &mut path);
    }

    fn flush(&mut self, line: usize, path: &mut Vec<String>) {
        if path.len() > 1 {
            self.note(line, path);
        }
        path.clear();
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(path.span().start().line, &words);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }

    fn visit_meta_list(&mut self, item: &'ast syn::MetaList) {
        self.tokens(item.tokens.clone());
        visit::visit_meta_list(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::source::Source, named};

    fn paths(place: &str, text: &str) -> Vec<String> {
        named(&Source::new(place, text)).iter().map(|named| named.path.join("::")).collect()
    }

    #[test]
    fn every_way_to_name_another_room_is_seen() {
        let text = "use crate::{lab::{self, Lab}, people as folk, gates::*};
            use super::super::journal::note;
            #[derive(crate::power::Meter)] struct A { at: Vec<crate::web::Tag> }
            fn f() { crate::store::lock(); on!(db, |c| vec![crate::outbox::post(c)]); self::g() }
            mod inner { use super::super::super::access::scan; }";
        let found = paths("src/training/store/seats.rs", text);
        for expected in [
            "crate::lab::self",
            "crate::lab::Lab",
            "crate::people",
            "crate::gates::*",
            "crate::training::journal::note",
            "crate::power::Meter",
            "crate::web::Tag",
            "crate::store::lock",
            "crate::outbox::post",
            "crate::training::store::seats::g",
            "crate::training::access::scan",
        ] {
            assert!(found.iter().any(|path| path == expected), "{expected} in {found:#?}");
        }
    }

    #[test]
    fn a_parent_may_be_another_room() {
        assert_eq!(paths("src/lab/mod.rs", "use super::people::find;"), ["crate::people::find"]);
    }
}
