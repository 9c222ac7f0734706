//! Signed-in browsers and programs, and links that work once.

use strum::{EnumString, IntoStaticStr};

use super::Member;
use crate::kernel::{Instant, SessionId, secret::Token};

/// A signed-in browser or program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: SessionId,
    /// What it calls itself (`User-Agent`).
    pub label: Option<String>,
    /// When it signed in.
    pub created_at: Instant,
    /// When it was last seen, to the hour.
    pub last_seen_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// A sign-in that just succeeded: the only moment its token is known.
#[derive(Debug)]
pub struct SignedIn {
    /// What opens the house.
    pub token: Token,
    /// The session behind it.
    pub session: Session,
    /// Whose it is.
    pub member: Member,
}

/// What a link in a letter does, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Purpose {
    /// Proves that an address is its member's.
    ConfirmEmail,
    /// Lets the member choose a new password.
    ResetPassword,
}
