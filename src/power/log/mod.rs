//! What happened to power, so written that nobody changes it in silence.
//!
//! Read in this order: [`chain`] (how lines hang together), [`append`](append()), [`verify`](verify()), [`read`].
//!
//! Invariants: the database refuses to change or remove a line; every line holds the hash of the one before, and the
//! head tells where the chain ends. Whoever can write to the database past those triggers can still make a whole new
//! chain: a head noted down elsewhere, on paper even, is what shows that. A line holds identifiers, never names.
//! Append last in a transaction: it queues for the head of the chain until it is committed.

pub mod append;
pub mod chain;
pub mod read;
pub mod verify;

mod store;

pub use append::append;
pub use chain::{Event, Head, Line};
pub use verify::{Broken, Verified, verify};
