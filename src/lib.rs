//! Établi: booking and machine access for a makerspace, in one binary.
//!
//! The map, in reading order:
//! - [`kernel`]: the words everything else is written in.
//! - [`store`]: one store over SQLite and PostgreSQL.
//! - [`journal`]: who did what to whom, and why.
//! - [`outbox`]: letters waiting, the worker that delivers them, invitations.
//! - [`training`]: safety trainings, sessions, certifications.
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::as_conversions,
        reason = "a test fails loudly"
    )
)]

pub mod journal;
pub mod kernel;
pub mod outbox;
pub mod store;
pub mod training;
