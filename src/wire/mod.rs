//! What a controller and the house must agree on byte for byte, for both ends: the server and the simulator.
//!
//! Read in this order: [`key`] (who signs), [`seal`] (what is signed),
//! [`chain`] (how events hang together), [`list`] (whom to let in
//! without the server). `docs/CONTROLLER.md` tells the same in words,
//! and `docs/vectors` holds examples that both must reproduce.
//!
//! Invariants: no clock, no randomness, no I/O; bytes are signed as they travel and never written anew; everything
//! binary is lower-case hexadecimal.

pub mod chain;
pub mod key;
pub mod list;
pub mod seal;

pub use chain::{Event, Link};
pub use key::{PublicKey, Signature, SigningKey};
pub use seal::{Seal, WINDOW_SECONDS};
