//! What is open, busy and free, day by day. No names: everybody may look.
//!
//! Read [`view`] (pure: facts become days), [`read`] (which facts, in a constant number of statements), [`cache`] (the
//! same question at the same versions is answered from memory).

pub mod cache;
pub mod read;
pub mod view;

pub use read::{Asked, Calendar, all, one};
