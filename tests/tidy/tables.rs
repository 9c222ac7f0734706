//! The tables as `src/store/schema` describes them to diesel.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::source::{Source, program};

/// A table, however it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    pub name: String,
    pub key: Vec<String>,
    pub columns: Vec<Column>,
}

/// A column, in the words of `table!`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    pub name: String,
    pub kind: String,
    pub nullable: bool,
}

/// Every `table!` of the house, by name.
pub fn described() -> Vec<Table> {
    let mut tables: Vec<Table> = program()
        .iter()
        .filter(|source| source.path.starts_with("src/store/schema/"))
        .flat_map(tables)
        .collect();
    tables.sort();
    tables
}

fn tables(source: &Source) -> Vec<Table> {
    let mut reader = Reader(Vec::new());
    reader.visit_file(&source.tree);
    reader.0
}

struct Reader(Vec<Table>);

impl<'ast> Visit<'ast> for Reader {
    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        if item.path.segments.last().is_some_and(|segment| segment.ident == "table") {
            self.0.push(table(item.tokens.clone()));
        }
        visit::visit_macro(self, item);
    }
}

/// `use …; use …; name (key) { column -> Type, … }`
fn table(tokens: TokenStream) -> Table {
    let mut trees: Vec<TokenTree> = tokens.into_iter().collect();
    let imports =
        trees.iter().rposition(|tree| matches!(tree, TokenTree::Punct(mark) if mark.as_char() == ';'));
    trees.drain(..imports.map_or(0, |last| last + 1));
    let [TokenTree::Ident(name), TokenTree::Group(key), TokenTree::Group(columns)] = trees.as_slice() else {
        panic!("a table that is not written as `name (key) {{ columns }}`")
    };
    let listed = columns.stream().to_string();
    Table {
        name: name.to_string(),
        key: key.stream().to_string().split(',').map(|name| name.trim().to_owned()).collect(),
        columns: listed.split(',').filter(|column| !column.trim().is_empty()).map(column).collect(),
    }
}

fn column(text: &str) -> Column {
    let (name, kind) = text.split_once("->").expect("column -> Type");
    let kind: String = kind.split_whitespace().collect();
    let inner = kind.strip_prefix("Nullable<").and_then(|kind| kind.strip_suffix('>'));
    Column {
        name: name.trim().to_owned(),
        kind: inner.unwrap_or(&kind).to_owned(),
        nullable: inner.is_some(),
    }
}

#[test]
fn a_table_is_read_as_it_is_written() {
    let text = "table! { use a::{B, C}; use d::E; claim (id, at) { id -> SqlId, at -> Nullable<Text>, } }";
    let found = tables(&Source::new("src/store/schema/x.rs", text));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].name.as_str(), found[0].key.join("+").as_str()), ("claim", "id+at"));
    let columns: Vec<_> =
        found[0].columns.iter().map(|c| (c.name.as_str(), c.kind.as_str(), c.nullable)).collect();
    assert_eq!(columns, [("id", "SqlId", false), ("at", "Text", true)]);
}
