//! The nouns of the room.

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{
    kernel::{Code, ControllerId, Instant, MachineId, Refusal, Result},
    wire::PublicKey,
};

/// A controller that staff accepted, as a verb sees it: what it may act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Which one.
    pub id: ControllerId,
    /// What staff call it.
    pub name: String,
    /// The machines it acts on, and no others.
    pub machines: Vec<MachineId>,
}

/// A controller as staff see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its identifier, given when it asked to be paired.
    pub id: ControllerId,
    /// What staff call it, once they accepted it.
    pub name: Option<String>,
    /// The key it signs with.
    pub public_key: PublicKey,
    /// Whether it is trusted.
    pub state: State,
    /// The code on its display and until when it holds, while it waits.
    pub waiting: Option<Waiting>,
    /// What runs on it, as it says.
    pub firmware: String,
    /// When it first asked.
    pub asked_at: Instant,
    /// When staff accepted it.
    pub accepted_at: Option<Instant>,
    /// When and why it was revoked.
    pub revoked: Option<(Instant, String)>,
    /// Since when it signs with this key.
    pub key_since: Instant,
    /// When it last asked for something.
    pub last_seen_at: Option<Instant>,
    /// The machines it acts on.
    pub machines: Vec<MachineId>,
    /// Grows with every edit.
    pub version: i64,
}

/// What a controller that waits shows on its display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Six letters and digits.
    pub code: String,
    /// Until when it may be accepted by it.
    pub until: Instant,
}

/// Whether a controller is trusted.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    serde::Serialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[schema(as = ControllerState)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// It asked to be paired; nobody accepted it yet.
    Waiting,
    /// Staff accepted it.
    Active,
    /// Staff took the trust back, for good.
    Revoked,
}

impl Device {
    /// Passes when this is one of the controller's own machines.
    ///
    /// # Errors
    /// `machine_not_bound` for any other, whether there is such a machine or not.
    pub fn owns(&self, machine: MachineId) -> Result<()> {
        if self.machines.contains(&machine) {
            Ok(())
        } else {
            Err(Refusal::new(Code::MachineNotBound).into())
        }
    }
}
