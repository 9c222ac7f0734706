//! Who may: every path of the house against every kind of caller.

mod asking;
mod machine_access;
mod nulls;
mod table;

use std::collections::BTreeSet;

use asking::Cast;
use table::{KINDS, TABLE};

use crate::world::World;

/// Their token comes by mail; without it, whoever asks is told so.
const NEEDS_A_LETTER: [&str; 2] = ["/members/confirmations", "/password-resets/{token}"];

#[tokio::test]
async fn everybody_may_what_the_table_says_and_no_more() {
    let world = World::with_lab().await;
    let cast = Cast::of(&world).await;
    let mut broken = Vec::new();
    for (method, path, expected) in TABLE {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(expected.len(), KINDS.len(), "{method} {path}");
        let mut done = false;
        for (kind, expected) in KINDS.iter().zip(expected) {
            let answer = cast.ask(kind, method, path).await;
            let found = asking::verdict(&answer);
            done |= answer.status < 300;
            if found != expected {
                broken.push(format!(
                    "{method} {path}: {kind} {found}, {expected} in the table: {} {}",
                    answer.status,
                    answer.text()
                ));
            }
        }
        // A request that is wrong for everybody would prove nothing.
        if !done && !NEEDS_A_LETTER.contains(path) {
            broken.push(format!("{method} {path}: succeeds for nobody"));
        }
    }
    assert!(broken.is_empty(), "{} answers\n{}", broken.len(), broken.join("\n"));
}

#[tokio::test]
async fn every_path_of_the_description_is_in_the_table() {
    let world = World::start();
    let api = world.stranger().get("/api/openapi.json").await.expect(200);
    let mut described = BTreeSet::new();
    let mut closed = BTreeSet::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters")
        {
            let row = (method.to_uppercase(), path.trim_start_matches("/api/v1").to_owned());
            // An empty way in says that nobody need sign in.
            let ways = operation["security"].as_array().map_or(&[][..], Vec::as_slice);
            if !ways.is_empty() && ways.iter().all(|way| way.as_object().is_some_and(|way| !way.is_empty())) {
                closed.insert(row.clone());
            }
            described.insert(row);
        }
    }
    let row = |(method, path, _): &(&str, &str, &str)| ((*method).to_owned(), (*path).to_owned());
    let told: BTreeSet<_> = TABLE.iter().map(row).collect();
    assert_eq!(told.len(), TABLE.len(), "a path is in the table twice");
    assert_eq!(described, told);
    let for_members = TABLE.iter().filter(|(_, _, who)| who.starts_with("401")).map(row);
    assert_eq!(
        closed,
        for_members.collect(),
        "what the description says about signing in is not what happens"
    );
}
