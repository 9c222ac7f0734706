//! A lab full of life to look around in: the place of `config/lab.toml`, invented people, two months of bookings.
//!
//! Read in this order: [`accounts`] (who to sign in as), [`open`](mod@open) (what happens to which database), [`stage`]
//! and [`chance`] (today, and dice that fall the same way all day), [`cast`] (who there is); then what is played, in
//! this order: [`settle`], [`happen`], [`teach`], [`book`]. While it is served, [`alive`] lends life to its machines.
//!
//! Invariants:
//! - Only an empty database is filled; one that holds a real lab, or real people, is never touched.
//! - Everything is made by the verbs of the rooms or passed by the rule book: no booking is there that the gates would
//!   refuse.
//! - Nobody is written to about what happened before the demonstration began.
//! - Every name is invented, every address sits under `example.org`.

pub mod accounts;
pub mod alive;
pub mod book;
pub mod cast;
pub mod chance;
pub mod happen;
pub mod open;
pub mod settle;
pub mod stage;
pub mod teach;

mod store;

pub use accounts::{ACCOUNTS, PASSWORD};
pub use open::{Opened, Refused, open, stands_in};
