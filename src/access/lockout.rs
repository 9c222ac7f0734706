//! Somebody said that a machine must not run.

use crate::{
    gates::presence::Locked,
    kernel::{ControllerId, Instant, LockoutId, MachineId, MemberId},
    power::LockClass,
};

/// A lockout: latched until staff take it back, whatever reboots meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lockout {
    /// Its identifier.
    pub id: LockoutId,
    /// The machine.
    pub machine: MachineId,
    /// What kind of trouble.
    pub class: LockClass,
    /// In the words of who said so.
    pub reason: Option<String>,
    /// Who said so, where that is known.
    pub by: Option<MemberId>,
    /// At which controller.
    pub controller: Option<ControllerId>,
    /// When.
    pub at: Instant,
    /// When it was taken back.
    pub cleared_at: Option<Instant>,
}

impl Lockout {
    /// What the rule book asks of it.
    #[must_use]
    pub fn facts(&self) -> Locked {
        Locked { class: self.class.into(), reason: self.reason.clone() }
    }
}
