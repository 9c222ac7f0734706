//! The whole house through HTTP, on SQLite or, with `TEST_DATABASE_URL`, on PostgreSQL. Folders mirror the rooms.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "a test fails loudly"
)]

mod access;
mod blueprint;
mod copies;
mod demo;
mod instances;
mod journal;
mod kill;
mod life;
mod live;
mod machines;
mod outbox;
mod people;
mod power;
mod power_policy;
mod privacy;
mod reservations;
mod training;
mod web;
mod who_may;
mod world;
