//! What power a machine should have, what it has, and the log of both.
//!
//! Read in this order: [`model`] (the nouns), [`rules`] (what one observation after another means), [`state`] (the
//! word people see), the verbs [`intend`](intend()) and [`observe`](observe()), then [`log`], [`plugs`], [`mqtt`] and
//! [`reconcile`]; [`api`] last.
//!
//! Invariants: a command is not a state. [`intend`](intend()) is the only way to switch anything, it only writes down
//! what should be, and [`observe`](observe()) alone says what is. An intent ends by itself at its `until`, whether or
//! not anybody remembers it. Deliberately absent: who may switch what, and why. This room never names `access`.

pub mod api;
pub mod intend;
pub mod log;
pub mod model;
pub mod mqtt;
pub mod nudge;
pub mod observe;
pub mod plugs;
pub mod reconcile;
pub mod rules;
pub mod state;

mod store;

pub use intend::{all_intended, intend, intended};
pub use model::{Fault, Intended, Intent, LockClass, Observation, Observed, Source};
pub use nudge::Nudge;
pub use observe::{all_observed, forget, observe, observed};
pub use state::{Facts, PowerState};
