//! What this room needs to know of the place.

use crate::kernel::{Instant, Zone};

/// The lab as far as people are concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// What it is called; letters are signed with it.
    pub name: String,
    /// Where its dates are counted.
    pub zone: Zone,
    /// The version of the house rules to accept.
    pub charter_version: i32,
}

impl House {
    /// The date on the wall of the lab.
    #[must_use]
    pub fn today(&self, now: Instant) -> chrono::NaiveDate {
        self.zone.day_of(now).date
    }
}
