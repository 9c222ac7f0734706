//! Rows of the room.

mod intents;
mod observations;

pub(super) use intents::{all_intended, intended, put_intent};
pub(super) use observations::{all_observed, forget, keep, observed};
