//! MQTT, and the only place that knows a client of it.
//!
//! Read in this order: [`broker`] (where it is), `trust` (which certificates are believed), [`link`] (one connection after another).
//!
//! Invariants: nothing waits in a queue for a broker that is away. Each connection is a client of its own with a clean
//! session; what was not sent when a connection broke is never sent. No message, however large, ends a connection.

pub mod broker;
pub mod link;

mod trust;

pub use broker::Broker;
pub use link::{Line, Said};
