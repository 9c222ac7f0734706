//! A person with an account.

use chrono::NaiveDate;

use super::{Audience, Roles};
use crate::kernel::{EmailAddress, Instant, Locale, MemberId};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its identifier.
    pub id: MemberId,
    /// Where letters go; nobody else has the same.
    pub email: EmailAddress,
    /// When the address was proven to be theirs.
    pub email_confirmed_at: Option<Instant>,
    /// What they tell about themselves.
    pub details: Details,
    /// What they do besides making things.
    pub roles: Roles,
    /// The version of the house rules they accepted, and when.
    pub charter: Option<(i32, Option<Instant>)>,
    /// Kept out of the machines.
    pub suspension: Option<Suspension>,
    /// The signature of a minor's guardian.
    pub consent: Option<Consent>,
    /// Belongs to the demonstration.
    pub demo: bool,
    /// When the account was made.
    pub created_at: Instant,
    /// Grows with every change.
    pub version: i64,
}

/// What a member tells about themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The name others see.
    pub display_name: String,
    /// The language of their letters.
    pub locale: Locale,
    /// For machines with a minimum age, and guardians.
    pub birth_date: Option<NaiveDate>,
    /// Where they live.
    pub commune: Option<String>,
    /// Which public they belong to.
    pub audience: Option<Audience>,
}

/// A suspension: the member still signs in and sees their things, and uses no machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    /// When it was spoken.
    pub since: Instant,
    /// First instant when it no longer holds; nothing means until somebody lifts it.
    pub until: Option<Instant>,
    /// Why, in words the member reads.
    pub reason: String,
}

impl Suspension {
    /// Whether it still holds at that instant.
    #[must_use]
    pub fn holds_at(&self, instant: Instant) -> bool {
        self.until.is_none_or(|until| instant < until)
    }
}

/// A guardian's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who signed.
    pub guardian_name: String,
    /// When.
    pub given_at: Instant,
}

/// How to speak to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub id: MemberId,
    /// Where letters go.
    pub email: EmailAddress,
    /// What to call them.
    pub display_name: String,
    /// In which language.
    pub locale: Locale,
}

impl Member {
    /// How to speak to them.
    #[must_use]
    pub fn contact(&self) -> Contact {
        Contact {
            id: self.id,
            email: self.email.clone(),
            display_name: self.details.display_name.clone(),
            locale: self.details.locale,
        }
    }
}
