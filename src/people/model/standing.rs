//! What the rule book asks about a member.

use chrono::NaiveDate;

use super::{Contact, Suspension};

/// Everything the gates need to know of a member, read at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How to speak to them.
    pub contact: Contact,
    /// For minimum ages and guardians.
    pub birth_date: Option<NaiveDate>,
    /// Whether the address was ever confirmed.
    pub email_confirmed: bool,
    /// As it was written; it may be over by then: see [`Suspension::holds_at`].
    pub suspension: Option<Suspension>,
    /// The version of the house rules they accepted.
    pub charter_version: Option<i32>,
    /// Whether a guardian signed.
    pub guardian_consent: bool,
    /// Memberships that have not ended before the date asked for, by their first day.
    pub memberships: Vec<Held>,
}

/// A membership as the gates see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The first day it holds.
    pub starts_on: NaiveDate,
    /// The last day it holds.
    pub ends_on: NaiveDate,
    /// What it allows.
    pub plan: Rights,
}

/// What a plan allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rights {
    /// Which plan.
    pub slug: String,
    /// Minutes a week on one machine; nothing means no limit.
    pub weekly_minutes: Option<i64>,
    /// Live reservations ahead; nothing means no limit.
    pub reservations_ahead: Option<i64>,
    /// Whether it opens the hours without staff.
    pub unstaffed_hours: bool,
}
