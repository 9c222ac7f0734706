//! The lab: where it is, when it is open, when it is closed, and which house rules are in force.
//!
//! Read [`model`], then [`holidays`] and [`rules`] (pure: weekly hours become real periods), then [`store`], [`api`].
//!
//! Invariants: hours are wall time, periods are UTC; only this room turns the one into the other. Every change of
//! hours or closures raises `lab.calendar_version`, by which calendars are cached. Changing hours and closures stands
//! in the room `machines`, because such a change names the reservations it hurts.

pub mod api;
pub mod holidays;
pub mod model;
pub mod rules;
pub mod store;

pub use model::{Closure, Lab, Open, OpeningSpan, Scope, Timetable};
pub use store::{get, timetable};
