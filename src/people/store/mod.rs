//! Rows and queries of this room, by noun.

pub(super) mod attempts;
pub(super) mod callers;
pub(super) mod house;
pub(super) mod members;
pub(super) mod memberships;
pub(super) mod plans;
pub(super) mod roles;
pub(super) mod sessions;
pub(super) mod tokens;
mod words;

use std::str::FromStr;

use anyhow::anyhow;

use crate::kernel::Result;

/// A word of the database as the house knows it; one it does not know is a fault.
fn parse<T: FromStr>(text: &str, what: &'static str) -> Result<T> {
    text.parse().map_err(|_| anyhow!("the database holds a {what} that nobody knows").into())
}
