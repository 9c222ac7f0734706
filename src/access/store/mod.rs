//! Rows and queries of the room.

pub mod controllers;
pub mod keys;
pub mod nonces;
