//! Two shapes of one name would be one in the description of the API, and one of them would be a lie.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, Item};

use super::source::{Source, program, stands};

#[test]
fn no_two_shapes_of_the_api_have_one_name() {
    stands("names of shapes", &doubled(&program()));
}

#[test]
fn a_doubled_shape_is_seen() {
    let shape = "#[derive(Debug, utoipa::ToSchema)] pub struct AOut;";
    let (one, two) = (Source::new("src/a.rs", shape), Source::new("src/b.rs", shape));
    assert_eq!(doubled(&[one, two]), ["AOut: src/a.rs, src/b.rs"]);
    let other = "#[derive(utoipa::ToSchema)] #[schema(as = BState)] enum AOut {}";
    assert!(doubled(&[Source::new("src/a.rs", shape), Source::new("src/b.rs", other)]).is_empty());
}

fn doubled(sources: &[Source]) -> Vec<String> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for source in sources {
        for item in &source.tree.items {
            let (attributes, name) = match item {
                Item::Struct(item) => (&item.attrs, &item.ident),
                Item::Enum(item) => (&item.attrs, &item.ident),
                _ => continue,
            };
            if let Some(shown) = shown(attributes, &name.to_string()) {
                found.entry(shown).or_default().push(&source.path);
            }
        }
    }
    let doubled = found.into_iter().filter(|(_, paths)| paths.len() > 1);
    doubled.map(|(name, paths)| format!("{name}: {}", paths.join(", "))).collect()
}

/// The name under which the description shows a type, if it does.
fn shown(attributes: &[Attribute], name: &str) -> Option<String> {
    let text = |attribute: &Attribute| attribute.meta.to_token_stream().to_string();
    attributes.iter().find(|one| one.path().is_ident("derive") && text(one).contains("ToSchema"))?;
    let schemas = attributes.iter().filter(|one| one.path().is_ident("schema")).map(text);
    let mut named = schemas.filter_map(|schema| {
        let rest = schema.split_once("as = ")?.1;
        Some(rest.split([',', ')', ' ']).next()?.to_owned())
    });
    Some(named.next().unwrap_or_else(|| name.to_owned()))
}
