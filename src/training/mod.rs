//! Safety trainings, their dated sessions with waiting lists, and the certifications they end in.
//!
//! Read in this order: [`model`] and [`rules`]; [`store`]; the verbs [`define`], [`appoint`], [`grade`], [`certify`],
//! [`withdraw`]; what they say in [`letters`]; the job [`remind`]; who may in [`authority`]; what readers see in
//! [`view`]; then [`api`]. What asks the rule book (putting a session on the calendar, taking a seat) stands above it,
//! in the room `training_sessions`.
//!
//! Invariants:
//! - Certifications are never deleted, and a renewal is a new one. The last word of a trainer counts: see
//!   [`rules::holding`]; it is written on every certification of the training that the member has by then. What happened
//!   to one before stands in the journal.
//! - Seats are never oversold: one statement takes a seat, and the database forbids what the program might forget.
//!
//! Deliberately absent: deleting a training or a session. Their history must stay readable.

pub mod api;
pub mod appoint;
pub mod authority;
pub mod certify;
pub mod define;
pub mod grade;
pub mod letters;
pub mod model;
pub mod remind;
pub mod rules;
pub mod scene;
pub mod store;
pub mod view;
pub mod withdraw;

pub use authority::teaches_for;
pub use model::{
    Certification, CertificationState, Engagement, Enrolment, EnrolmentState, Holding, Place, Session,
    Training,
};
pub use rules::{holding, last_day};
pub use store::{
    certifications::{held, held_for},
    sessions::engaged,
    trainings::{find, list, required_by, required_by_each},
};
