//! Safety trainings, their dated sessions with waiting lists, and the certifications they end in.
//!
//! Read in this order: [`model`], [`rules`].
//!
//! Invariants: certifications are never deleted, and a renewal is a new one; the last word of a trainer counts
//! ([`rules::holding`]); seats are never oversold, by a constraint of the database.

pub mod model;
pub mod rules;
mod store;

pub use model::{
    Certification, CertificationState, Enrolment, EnrolmentState, Holding, Session, SessionOffer, Training,
};
pub use rules::{holding, last_day};
pub use store::{
    certifications::held,
    sessions::next_free as next_free_session,
    trainings::{find, required_by},
};
