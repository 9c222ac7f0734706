//! Controllers over HTTP: what staff do with them, and what they say themselves.

pub mod controllers;
pub mod events;
pub mod keys;
pub mod out;
pub mod pairings;
