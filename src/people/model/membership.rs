//! Plans and memberships.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::kernel::{Instant, MembershipId, Name, PlanId};

/// What the lab sells or gives: rights for so many days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its identifier.
    pub id: PlanId,
    /// Its readable name in addresses.
    pub slug: String,
    /// What it says.
    pub terms: Terms,
    /// Grows with every change.
    pub version: i64,
}

/// What a plan says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What it is called.
    pub name: Name,
    /// How many days a membership lasts, the first included.
    pub duration_days: i32,
    /// Minutes a week on one machine; nothing means no limit.
    pub weekly_minutes: Option<i32>,
    /// Live reservations ahead; nothing means no limit.
    pub reservations_ahead: Option<i32>,
    /// Whether it opens the hours without staff.
    pub unstaffed_hours: bool,
    /// Whether new memberships may be given under it.
    pub active: bool,
}

/// The right of one member to use the lab from one date to another, under a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Its identifier.
    pub id: MembershipId,
    /// Under which plan: slug and name.
    pub plan: (String, Name),
    /// The first day it holds.
    pub starts_on: NaiveDate,
    /// The last day it holds.
    pub ends_on: NaiveDate,
    /// Whether it was paid.
    pub paid: bool,
    /// When it was given.
    pub created_at: Instant,
}
