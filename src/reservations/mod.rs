//! Reservations: one member, one machine, one period.
//!
//! Read [`model`], [`rules`], then the verbs [`ask`], [`make`], [`reschedule`], [`cancel`], [`read`], [`reask`],
//! [`release`], [`honour`](mod@honour), and [`calendar`] (what is open, busy and free); [`letters`] and [`remind`]
//! write to members; [`store`] keeps; [`api`] is the door.
//!
//! Invariants: a live reservation has exactly one claim on its machine, written in the same transaction and known by
//! the reservation's identifier; one that is cancelled or released has none. Every change of period raises `sequence`,
//! so that the member's calendar follows. A reservation is used from the first badge on; until it is over it may be
//! made longer or shorter all the same. Deliberately absent: deleting. A cancelled reservation stays to be read.

pub mod api;
pub mod ask;
pub mod calendar;
pub mod cancel;
pub mod honour;
pub mod letters;
pub mod make;
pub mod model;
pub mod read;
pub mod reask;
pub mod release;
pub mod remind;
pub mod reschedule;
pub mod rules;
pub mod store;

pub use model::{Booked, Reservation, State};
