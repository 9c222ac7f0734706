//! Rows of the room.

mod intents;
mod observations;

pub(super) use intents::{intended, put_intent};
pub(super) use observations::{keep, observed};
