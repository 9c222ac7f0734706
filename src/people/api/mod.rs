//! The room over HTTP, by thing.

pub mod accounts;
pub mod me;
pub mod members;
pub mod memberships;
pub mod outs;
pub mod plans;
pub mod sessions;
