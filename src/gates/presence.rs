//! What else is known when somebody stands at the machine and shows a badge.

use crate::{
    kernel::{Code, Instant, MemberId},
    machines::PowerPolicy,
};

/// The scene at the machine. Its being there makes the review one of a scan, not of a booking.
#[derive(Debug, Clone)]
pub struct Presence {
    /// Who shows the badge.
    pub member: MemberId,
    /// What the machine's power asks.
    pub policy: PowerPolicy,
    /// Whose session runs on it.
    pub running: Option<MemberId>,
    /// Whether the device that switches it can be reached.
    pub reachable: bool,
    /// Why it must not run.
    pub lockout: Option<Locked>,
    /// Whether more was shown than the number of a badge.
    pub proven: bool,
    /// Whether somebody who may stands by.
    pub supervised: bool,
    /// Gates that staff let pass for the reservation that counts.
    pub excepted: Vec<Code>,
}

/// Somebody said that the machine must not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// What kind of trouble, as a stable word.
    pub class: &'static str,
    /// In the words of who said so.
    pub reason: Option<String>,
}

/// A badge as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// To whom.
    pub member: MemberId,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Its end, where it is a temporary one.
    pub until: Option<Instant>,
}
