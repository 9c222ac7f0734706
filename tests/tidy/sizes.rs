//! A file has at most 300 lines, a function at most 60.

use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

use super::source::{Source, everything, stands};

const FILE: usize = 300;
const FUNCTION: usize = 60;

#[test]
fn files_and_functions_stay_small() {
    stands("sizes", &everything().iter().flat_map(too_big).collect::<Vec<_>>());
}

fn too_big(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    let lines = source.text.lines().count();
    if lines > FILE {
        broken.push(format!("{}: {lines} lines, {FILE} at most", source.path));
    }
    let mut ruler = Ruler(Vec::new());
    ruler.visit_file(&source.tree);
    for (name, line, length) in ruler.0.into_iter().filter(|(_, _, length)| *length > FUNCTION) {
        broken.push(format!("{}:{line}: `{name}` has {length} lines, {FUNCTION} at most", source.path));
    }
    broken
}

struct Ruler(Vec<(String, usize, usize)>);

impl Ruler {
    fn measure(&mut self, name: &syn::Ident, body: &syn::Block) {
        let (start, end) = (name.span().start().line, body.span().end().line);
        self.0.push((name.to_string(), start, end - start + 1));
    }
}

impl<'ast> Visit<'ast> for Ruler {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig.ident, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig.ident, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.measure(&item.sig.ident, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[test]
fn what_is_too_big_is_seen() {
    let body = "f();\n".repeat(FUNCTION);
    let function =
        format!("fn long() {{\n{body}}}\nstruct A;\niml! {{}}\nimpl A {{ fn longer() {{\n{body}}} }}");
    let found = too_big(&Source::new("src/x.rs", &function));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("src/x.rs:1: `long`"), "{found:?}");
    let found = too_big(&Source::new("src/x.rs", &"const A: u8 = 0;\n".repeat(FILE + 1)));
    assert_eq!(found, ["src/x.rs: 301 lines, 300 at most"]);
    assert!(too_big(&Source::new("src/x.rs", &"const A: u8 = 0;\n".repeat(FILE))).is_empty());
}
