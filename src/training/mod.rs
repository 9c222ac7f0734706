//! Safety trainings, their dated sessions with waiting lists, and the certifications they end in.
//!
//! Read in this order: [`model`] and [`rules`]; the verbs [`define`], [`appoint`], [`schedule`], [`call_off`],
//! [`enrol`], [`leave`], [`promote`] (also a job), [`grade`], [`certify`], [`withdraw`]; what they say in [`letters`];
//! the job [`remind`]; who may in [`authority`]; what readers see in [`view`]; then [`api`].
//!
//! Invariants:
//! - Certifications are never deleted, and a renewal is a new one. The last word of a trainer counts: see
//!   [`rules::holding`]; it is written on every certification of the training that the member has by then. What happened
//!   to one before stands in the journal.
//! - Seats are never oversold: one statement takes a seat, and the database forbids what the program might forget.
//!   A seat that is given back goes, in the same transaction, to the first who waits and could enrol now.
//! - Whoever takes a seat, leaves one or changes a session locks its row first, so that the waiting list has one order.
//!
//! Deliberately absent: deleting a training or a session. Their history must stay readable.

pub mod api;
pub mod appoint;
pub mod authority;
pub mod call_off;
pub mod certify;
pub mod define;
pub mod enrol;
pub mod grade;
pub mod leave;
pub mod letters;
pub mod model;
pub mod promote;
pub mod remind;
pub mod rules;
pub mod scene;
pub mod schedule;
pub mod view;
pub mod withdraw;

mod store;

pub use authority::teaches_for;
pub use model::{
    Certification, CertificationState, Enrolment, EnrolmentState, Holding, Session, SessionOffer, Training,
};
pub use rules::{holding, last_day};
pub use store::{
    certifications::{held, held_for},
    sessions::next_free as next_free_session,
    trainings::{find, list, required_by},
};
