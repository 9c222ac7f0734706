//! What happens right now, for screens: one stream tells a whole wall display which machines are on and which calendars
//! have changed.
//!
//! Read in this order: [`model`] (what is told), [`ring`] (what was told, so that a reader who was away goes on where
//! they were; pure), [`look`] (what the database says, in a constant number of statements), [`hub`] (looks while
//! anybody listens), [`api`].
//!
//! Invariants:
//! - Never by whom: only what anybody may read.
//! - Each event tells all there is to tell about its machine: one that is missed costs nothing once the next has come.
//! - However many listen, there is one look at a time in a process; nobody listens, nobody looks.
//!
//! Deliberately absent: `LISTEN/NOTIFY`. A look costs PostgreSQL a few small statements four times a second, needs no
//! connection of its own, survives a restart of the database, and sees what changes by the clock alone, which no commit
//! announces.

pub mod api;
pub mod hub;
pub mod look;
pub mod model;
pub mod ring;

mod store;

pub use hub::Live;
