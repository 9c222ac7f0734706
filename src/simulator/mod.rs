//! Devices without hardware: a controller with its reader, relay and display drawn as lines of text; plugs, and a
//! broker for them.
//!
//! Read in this order: [`memory`] (what survives a power cut), [`core`] (what a controller does about what happens to
//! it), [`weather`] (what may happen to its requests); then [`line`] (HTTP), [`pairing`], [`runner`] (a controller that
//! lives), [`typed`] (what people type in front of it). [`plug`] and [`broker`] need none of these.
//!
//! Invariants: it knows the words of the protocol ([`wire`](crate::wire)) and nothing else of the house. [`core`] has no
//! clock and does no I/O, so that a test lives through a power cut in no time. A stop is local and unconditional; a
//! start needs a verdict within half a second, or a valid list; a lockout survives everything but staff.

pub mod broker;
pub mod core;
pub mod line;
pub mod memory;
pub mod pairing;
pub mod plug;
pub mod runner;
pub mod typed;
pub mod weather;
