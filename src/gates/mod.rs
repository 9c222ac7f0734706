//! The rule book: may this member use this machine in this period, and if not, why not, every reason at once.
//!
//! Read [`model`] (what is asked and what is known), [`rules`] (one function for each gate), [`review`] (the verdict),
//! [`presence`] and [`until`](mod@until) (the same for a badge at the machine: what else is asked, how long it may
//! last), [`session`] (the same for a training session and for a seat in it), then [`facts`] (who reads what from which
//! room), [`session_facts`], [`survey`] (many machines and days at once) and [`remedies`] (what a refused person can do).
//!
//! Invariants: [`rules`] and [`review`](mod@review) are pure: the same facts give the same verdict, whoever asks and
//! whenever. No other room decides whether a machine may be used. An [`Accepted`] can only come from
//! [`review`](fn@review): holding one is the proof.

pub mod facts;
pub mod model;
pub mod presence;
pub mod remedies;
pub mod review;
pub mod rules;
pub mod session;
pub mod session_facts;
pub mod survey;
#[cfg(test)]
mod tests;
pub mod until;

pub use facts::gather;
pub use model::{Accepted, Facts, Finding, Proposal};
pub use presence::Presence;
pub use review::{report, review};
pub use survey::Survey;
pub use until::{Lasting, until};
