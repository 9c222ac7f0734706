//! Training sessions on the calendar, and seats in them: whatever asks the rule book.
//!
//! Read in this order: [`rules`]; the verbs [`schedule`], [`reschedule`], [`call_off`], [`enrol`], [`leave`],
//! [`promote`] (also a job), [`reask`], [`remind`]; then [`api`]. The nouns, rows and letters stand below, in the room `training`.
//!
//! Invariants:
//! - A session holds its machines by claims under its identifier, like everything that holds a machine; called off, it
//!   holds none.
//! - Whoever takes a seat, leaves one or changes a session first holds everything still that the rule book looks at, in
//!   the fixed order of locks ([`crate::gates::session_facts::Still`]), so that the waiting list has one order and
//!   nobody is in two places.
//! - A seat that is given back goes, in the same transaction, to the first who waits and could enrol now.

pub mod api;
pub mod call_off;
pub mod enrol;
pub mod leave;
pub mod promote;
pub mod reask;
pub mod remind;
pub mod reschedule;
pub mod rules;
pub mod schedule;
mod still;
