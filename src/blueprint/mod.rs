//! A lab as a file that people edit: `config/lab.toml` describes the demonstration lab and documents the format.
//!
//! Read in this order: [`model`] (what a file says), [`mistake`], [`read`](mod@read) (from text to nouns, with every
//! mistake and its line), [`apply`](mod@apply) (from nouns to rows).
//!
//! Invariants:
//! - Reading finds every mistake at once, each with its line; a file with a mistake is not applied at all.
//! - Applying is one write. The same file again changes nothing, not even a version.
//! - What the database has and the file has not is reported and left alone: it has a history.
//!
//! Deliberately absent: members, and the state of machines. Those change every day and live in the database only.

pub mod apply;
pub mod mistake;
pub mod model;
pub mod read;

pub use apply::{Birth, Outcome, apply};
pub use mistake::Mistake;
pub use model::LabFile;
pub use read::{check, read};

/// The demonstration lab: a file like any other, compiled in.
pub const DEMONSTRATION: &str = include_str!("../../config/lab.toml");
