//! Who did what to whom, and why; append-only.
//!
//! Read in this order: [`model`], [`note`], [`api`].
//!
//! Invariants: an entry is written in the transaction of the deed it tells of; the database itself refuses to change
//! or remove one; entries hold identifiers and reasons, never addresses or passwords.

pub mod api;
pub mod model;
pub mod note;

mod store;

pub use model::Entry;
pub use note::note;
