//! What the house costs, each figure beside what the bare thing costs in the same run.
//!
//! `cargo bench` starts everything itself, prints one table and ends with 0 even where a target is missed: machines
//! are noisy, read the ratios. `BENCH_DATABASE_URL` (or `TEST_DATABASE_URL`) adds the rows of PostgreSQL.
//!
//! Read in this order: [`lab`] (a lab full of people), [`house`] (the real server over it), [`wire`] (who asks),
//! [`slices`] (measured and floor in turns), [`statements`] and [`bare`] (the floor of bookings); then the rows:
//! [`bookings`], [`calendars`], [`sign_ins`], [`access`] (with its [`devices`]), [`history`], [`process`]; at last
//! [`table`].
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "a measurement fails loudly"
)]

mod access;
mod bare;
mod bookings;
mod calendars;
mod devices;
mod history;
mod house;
mod lab;
mod process;
mod sign_ins;
mod slices;
mod statements;
mod table;
mod wire;

use std::{env, time::Instant};

use table::{Row, Table};

/// Some rows of the table.
type Chapter = fn() -> Vec<Row>;

fn main() {
    // `cargo test --benches` asks whether it runs at all, not how fast.
    if env::args().any(|argument| argument == "--test") {
        return;
    }
    // A log as in production: what it costs to have one belongs to the figures.
    tracing_subscriber::fmt().with_env_filter("info").with_writer(std::io::stderr).init();
    // A word restricts the run: `cargo bench -- calendars`.
    let only = env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let chapters: [(&str, Chapter); 7] = [
        ("bookings", bookings::on_sqlite),
        ("postgres", bookings::on_postgres),
        ("calendars", calendars::rows),
        ("sign_ins", sign_ins::rows),
        ("access", access::rows),
        ("history", history::rows),
        ("process", process::rows),
    ];
    let since = Instant::now();
    let mut table = Table::default();
    for (name, rows) in chapters {
        if only.as_deref().is_none_or(|wanted| wanted == name) {
            let begun = Instant::now();
            table.add(rows());
            eprintln!("{name}: {:.0} s", begun.elapsed().as_secs_f64());
        }
    }
    table.print(since.elapsed());
}
