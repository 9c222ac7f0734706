//! Arrows only point down: who may lean on whom, and what the source really does.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use table::ARROWS;

use super::{
    paths::named,
    source::{Source, program, stands},
};

/// What everybody may carry.
const BAG: &str = "app";

/// What only the start of the program may name.
const TOP: [&str; 4] = ["routes", "server", "background", "cli"];

type Arrows = BTreeMap<String, BTreeSet<String>>;

#[test]
fn every_arrow_is_a_decision() {
    let sources = program();
    let (real, decided) = (arrows(&sources), decided());
    let mut broken = Vec::new();
    for (from, tos) in &real {
        for to in tos.iter().filter(|to| !decided.get(from).is_some_and(|known| known.contains(*to))) {
            broken.push(format!("{from} → {to} is new: {}", example(&sources, from, to)));
        }
    }
    for (from, tos) in &decided {
        for to in tos.iter().filter(|to| !real.get(from).is_some_and(|known| known.contains(*to))) {
            broken.push(format!("{from} → {to} is no more: take it out of the table"));
        }
    }
    stands("arrows", &broken);
}

#[test]
fn outbox_and_journal_ask_people_only_who_is_calling() {
    let rooms =
        program().into_iter().filter(|source| matches!(source.module()[..], ["outbox" | "journal", ..]));
    stands("outbox and journal", &rooms.flat_map(|source| nosy(&source)).collect::<Vec<_>>());
}

#[test]
fn arrows_never_go_round() {
    assert_eq!(round(&arrows(&program())), None);
    assert_eq!(round(&decided()), None);
}

#[test]
fn the_start_of_the_program_is_named_by_nobody_else() {
    let broken = program().iter().flat_map(upwards).collect::<Vec<_>>();
    stands("routes, server, background and cli", &broken);
}

#[test]
fn nothing_but_doors_leans_on_doors() {
    stands("doors", &program().iter().flat_map(doors_named).collect::<Vec<_>>());
}

fn decided() -> Arrows {
    let all = ARROWS.iter().map(|(from, tos)| {
        ((*from).to_owned(), tos.iter().map(|to| (*to).to_owned()).collect::<BTreeSet<_>>())
    });
    all.collect()
}

/// The room of a file, its door apart: `lab`, `lab/api`.
fn place(module: &[&str]) -> Option<String> {
    let room = module.first()?;
    let door = module.get(1).is_some_and(|name| matches!(*name, "api" | "pages"));
    Some(if door { format!("{room}/api") } else { (*room).to_owned() })
}

/// Every arrow of one file.
fn leans(source: &Source) -> Vec<(usize, String)> {
    let module = source.module();
    let Some(room) = module.first() else { return Vec::new() };
    let inside =
        named(source).into_iter().filter(|named| named.path.first().is_some_and(|word| word == "crate"));
    let others = inside.filter_map(|named| {
        let path: Vec<&str> = named.path.iter().skip(1).map(String::as_str).collect();
        // A name with a capital or none at all is of the crate itself: a macro, a type.
        let other = *path.first()?;
        (other != *room && other != BAG && !other.is_empty())
            .then(|| place(&path))
            .flatten()
            .map(|to| (named.line, to))
    });
    others.collect()
}

fn arrows(sources: &[Source]) -> Arrows {
    let mut all = Arrows::new();
    for source in sources {
        let Some(from) = place(&source.module()) else { continue };
        all.entry(from).or_default().extend(leans(source).into_iter().map(|(_, to)| to));
    }
    // A door leans on its room.
    let doors: Vec<String> = all.keys().filter(|place| place.ends_with("/api")).cloned().collect();
    for door in doors {
        let room = door.trim_end_matches("/api").to_owned();
        all.entry(door).or_default().insert(room);
    }
    all.retain(|_, tos| !tos.is_empty());
    all
}

fn example(sources: &[Source], from: &str, to: &str) -> String {
    let mut seen = sources.iter().filter(|source| place(&source.module()).as_deref() == Some(from));
    seen.find_map(|source| {
        let (line, _) = leans(source).into_iter().find(|(_, other)| other == to)?;
        Some(format!("{}:{line}", source.path))
    })
    .unwrap_or_default()
}

/// A way that comes back to where it began.
fn round(arrows: &Arrows) -> Option<Vec<String>> {
    fn follow(arrows: &Arrows, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        let here = way[way.len() - 1].clone();
        for to in arrows.get(&here).into_iter().flatten().filter(|to| !done.contains(*to)).collect::<Vec<_>>()
        {
            if let Some(start) = way.iter().position(|place| place == to) {
                way.drain(..start);
                return true;
            }
            way.push(to.clone());
            if follow(arrows, way, done) {
                return true;
            }
            way.pop();
        }
        done.insert(here);
        false
    }
    let mut done = BTreeSet::new();
    arrows.keys().find_map(|from| {
        let mut way = vec![from.clone()];
        follow(arrows, &mut way, &mut done).then_some(way)
    })
}

fn nosy(source: &Source) -> Vec<String> {
    let people =
        named(source).into_iter().filter(|named| named.path.get(1).is_some_and(|room| room == "people"));
    let others = people.filter(|named| named.path.get(2).is_none_or(|door| door != "caller"));
    others.map(|named| format!("{}:{} names {}", source.path, named.line, named.path.join("::"))).collect()
}

fn upwards(source: &Source) -> Vec<String> {
    let from = source.module().first().copied().unwrap_or_default();
    if from.is_empty() || TOP.contains(&from) {
        return Vec::new();
    }
    let up = leans(source).into_iter().filter(|(_, to)| TOP.contains(&to.as_str()));
    up.map(|(line, to)| format!("{}:{line} names {to}", source.path)).collect()
}

/// Only the table of contents and other doors name the doors of a room: what a door shows is also shown next door.
fn doors_named(source: &Source) -> Vec<String> {
    if place(&source.module()).is_none_or(|from| from == "routes" || from.ends_with("/api")) {
        return Vec::new();
    }
    let doors = leans(source).into_iter().filter(|(_, to)| to.ends_with("/api"));
    doors.map(|(line, to)| format!("{}:{line} names {to}", source.path)).collect()
}

#[test]
fn what_leans_the_wrong_way_is_seen() {
    let made = |files: &[(&str, &str)]| {
        arrows(&files.iter().map(|(path, text)| Source::new(path, text)).collect::<Vec<_>>())
    };
    let two = [
        ("src/lab/mod.rs", "use crate::people::find;"),
        ("src/people/add.rs", "fn f() { crate::lab::get() }"),
    ];
    assert_eq!(round(&made(&two)).unwrap(), ["lab", "people"]);
    let last = ("src/web/b.rs", "use super::super::lab::get;");
    let three = [two[0], ("src/people/a.rs", "use crate::web::Tag;"), last];
    assert_eq!(round(&made(&three)).unwrap().len(), 3);
    let door = ("src/outbox/api.rs", "use crate::people::caller;");
    let doors = [("src/people/a.rs", "use crate::outbox::post;"), door];
    let arrows = made(&doors);
    assert_eq!(round(&arrows), None);
    assert!(arrows["outbox/api"].contains("people") && arrows["people"].contains("outbox"), "{arrows:?}");
    assert_eq!(nosy(&Source::new("src/outbox/api.rs", "use crate::people::{caller::Staff, find};")).len(), 1);
    assert_eq!(upwards(&Source::new("src/lab/a.rs", "use crate::routes;")), ["src/lab/a.rs:1 names routes"]);
    assert!(upwards(&Source::new("src/cli/a.rs", "use crate::routes;")).is_empty());
    assert_eq!(doors_named(&Source::new("src/lab/a.rs", "use crate::people::api::me;")).len(), 1);
}
