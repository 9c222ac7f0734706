//! Établi: booking and machine access for a makerspace, in one binary.
//!
//! The map, in reading order:
//! - [`kernel`]: the words everything else is written in.
//! - [`config`] and [`app`]: the settings, and the only bag of dependencies.
//! - [`store`]: one store over SQLite and PostgreSQL.
//! - [`web`], [`server`], [`routes`]: the door, and the table of contents of every path.
//! - [`journal`]: who did what to whom, and why.
//! - [`outbox`]: letters waiting, the worker that delivers them, invitations.
//! - [`lab`]: opening hours, closures, house rules.
//! - [`people`]: members, sign-up and sign-in, roles, plans and memberships.
//! - [`machines`]: workshops, machines, and who holds a machine when.
//! - [`power`]: what power a machine should have, what it has, and the log of both.
//! - [`training`]: safety trainings, sessions, certifications.
//! - [`gates`]: the rule book: may this member use this machine in this period?
//! - [`reservations`]: make, move, cancel; what is open, busy and free.
//! - [`wire`]: what controllers sign, byte for byte.
//! - [`access`]: controllers, badges, and who switches which machine on.
//! - [`live`]: what happens right now, for screens.
//! - [`blueprint`]: a lab as a file that people edit.
//! - [`demo`]: a lab full of life to look around in.
//! - [`simulator`]: a controller without hardware.
//! - [`cli`]: the command line.
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

/// Memory that password hashes needed goes back to the system; glibc would keep it for every thread that ever hashed.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod access;
pub mod app;
pub mod background;
pub mod blueprint;
pub mod cli;
pub mod config;
pub mod demo;
pub mod gates;
pub mod journal;
pub mod kernel;
pub mod lab;
pub mod live;
pub mod machines;
pub mod outbox;
pub mod people;
pub mod power;
pub mod reservations;
pub mod routes;
pub mod server;
pub mod simulator;
pub mod store;
pub mod training;
pub mod training_sessions;
pub mod web;
pub mod wire;
