//! Under which heading an operation stands: the headings in the order a newcomer reads them.

use utoipa::openapi::{OpenApi, Tag};

use super::operations;

/// Every heading, in order, and what stands under it.
pub const TAGS: &[(&str, &str)] = &[
    ("lab", "The place: its hours, its closures, its house rules"),
    ("machines", "Workshops and machines, the rules of booking them, their state"),
    ("calendar", "What is open, busy and free"),
    ("reservations", "Making, moving and cancelling bookings"),
    ("trainings", "Trainings, their sessions, seats and results"),
    ("certifications", "Who may use what, until when, and who said so"),
    ("people", "Signing up and in, members, plans and memberships"),
    ("access", "Controllers and badges"),
    ("power", "Machines switched on and off: plugs, sessions, lockouts, upkeep, and all of it as it happens"),
    ("letters", "What the house writes to its members"),
    ("journal", "Who did what, and when"),
    ("controller", "What controllers say, each request signed"),
    ("ops", "For those who run the server"),
];

/// The headings in order; those of nobody's order (rooms made for tests) at the end.
pub(super) fn of(api: &OpenApi) -> Vec<Tag> {
    let mut tags: Vec<Tag> = TAGS.iter().map(|(name, words)| tag(name, Some(words))).collect();
    for (_, operation) in api.paths.paths.values().flat_map(operations) {
        for name in operation.tags.iter().flatten() {
            if !tags.iter().any(|known| known.name == *name) {
                tags.push(tag(name, None));
            }
        }
    }
    tags
}

fn tag(name: &str, words: Option<&str>) -> Tag {
    let mut tag = Tag::new(name);
    tag.description = words.map(str::to_owned);
    tag
}
