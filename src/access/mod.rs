//! Who switches which machine on: controllers, badges, power sessions.
//!
//! Read in this order: [`model`] (nouns), [`rules`] (pure decisions), [`caller`] (the extractor that proves that a paired
//! controller is speaking); what happens to controllers: [`pair`], [`accept`], [`change`], [`revoke`], [`rotate`],
//! [`forget`]; [`api`] last.
//!
//! Invariants:
//! - Nothing is trusted on first use: a controller acts after staff have accepted it by the code on its display, on the
//!   machines they named, and on no others.
//! - Whatever a controller asks is signed over the bytes as they came, inside a window of time, and works once: its
//!   nonce is used up in the same transaction as what it does.
//! - A key that was revoked or replaced never works again.

pub mod accept;
pub mod api;
pub mod caller;
pub mod change;
pub mod forget;
pub mod model;
pub mod pair;
pub mod revoke;
pub mod rotate;
pub mod rules;

mod store;

pub use caller::Controller;
pub use model::Device;
