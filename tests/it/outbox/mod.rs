//! Letters, from the outbox to a mail server.

mod away;
mod files;
mod mail;
pub mod office;
mod once;
mod racing;
mod staff;
