//! Rows of the room.

mod intents;
mod observations;

pub(super) use intents::{intended, say};
pub(super) use observations::{keep, observed};
