//! Safety trainings, their dated sessions with waiting lists, and the certifications they end in.
//!
//! Read in this order: [`model`], [`rules`].
pub mod model;
pub mod rules;
pub use model::{
    Certification, CertificationState, Enrolment, EnrolmentState, Holding, Session, SessionOffer, Training,
};
