//! Plugs on MQTT: what staff say of them, and the three languages they speak.
//!
//! Read in this order: [`model`], [`topic`], [`adapters`] (pure: a command becomes messages, a message becomes what
//! was heard), [`check`] (what a plug must be set to), [`words`] (what
//! is wrong with a device, for people), [`edit`].
//!
//! Invariants: nothing here talks to a broker. No message is ever retained. A retained message says at most whether a
//! device is there, never what its relay does; the one exception is ESPHome, which says it in no other way.

pub mod adapters;
pub mod check;
pub mod edit;
pub mod model;
pub mod topic;
pub mod words;

pub(super) mod store;

pub use adapters::{Heard, Message, Reading};
pub use model::{Adapter, Plug, Wiring};
