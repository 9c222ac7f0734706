//! Members: who they are, how they prove it, what they do in the lab and under which plan.
//!
//! Read in this order: [`model`] (nouns), [`rules`], [`passwords`]; then [`caller`], the extractors that prove who is
//! calling; then a verb for each thing that happens: [`sign_up`], [`confirm`], [`sign_in`] (with [`patience`]),
//! [`sessions`], [`reset`], [`profile`]; what staff do: [`administer`], [`grant`], [`end`], [`plans`]; what other rooms
//! ask: [`standing`]; what the command line does: [`add`]; what time does: [`remind`]. [`letters`], [`api`] and
//! [`pages`] are the words to people and to programs.
//!
//! Invariants:
//! - Nobody learns from an answer, nor from the time it takes, whether an address has an account. From two, they do:
//!   whoever signs up with a free address may sign in at once, so that the rule book can say what is missing.
//! - Tokens (of sign-ins, of links in letters) are kept as fingerprints; passwords as Argon2id, hashed on few threads.
//! - A member's birth date, commune and public are seen by themselves and by staff, and by nobody else.
//! - There is always an admin who can make another.
//! - Whatever staff do to a member stands in the journal: which fields, never what is in them.
//!
//! Deliberately absent: what a member may use a machine for (that is the rule book's), trainings, payments.

pub mod add;
pub mod administer;
pub mod api;
pub mod caller;
pub mod confirm;
pub mod end;
pub mod grant;
pub mod letters;
pub mod model;
pub mod pages;
pub mod passwords;
pub mod patience;
pub mod plans;
pub mod profile;
pub mod remind;
pub mod reset;
pub mod rules;
pub mod sessions;
pub mod sign_in;
pub mod sign_up;
pub mod standing;

mod store;

pub use add::{NewMember, add, set_password};
pub use administer::promote;
pub use caller::Caller;
pub use grant::{Grant, grant};
pub use model::{
    Audience, Consent, Contact, Details, Held, Plan, Rights, Role, Roles, Standing, Suspension, Terms,
};
pub use passwords::{Hasher, Password, Weakness, weakness};
pub use standing::{contact, find, staff, standing};
