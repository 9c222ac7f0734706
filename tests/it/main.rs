//! The whole house, from outside; folders mirror the rooms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    missing_docs,
    reason = "a test fails loudly"
)]

mod journal;
mod outbox;
mod world;
