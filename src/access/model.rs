//! The nouns of the room.

use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{
    kernel::{Code, ControllerId, Instant, MachineId, Refusal, Result},
    wire::{Link, PublicKey},
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

/// Something a controller told, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in wire::Event")]
pub struct Told {
    pub controller: ControllerId,
    pub boot: String,
    pub seq: i64,
    pub hash: Link,
    pub prev: Link,
    /// How it hangs on what was known before.
    pub link: Joint,
    /// When it happened, as far as that can be told.
    pub at: Instant,
    pub mono_ms: i64,
    pub wall: Option<i64>,
    pub kind: String,
    pub details: String,
    pub received_at: Instant,
}

/// How an event hangs on what was known before it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[schema(as = EventLink)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Joint {
    /// It repeats the hash of the last one known.
    Chained,
    /// It comes after later ones, and fills a gap they left.
    Late,
    /// Others before it are missing.
    Gap,
    /// The device began anew, without a memory.
    Reset,
    /// It contradicts what was told before: two stories, or an edited one.
    Fork,
}

/// Where the chain of a controller ends, and how often it was not whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// The last start of the device; empty where nothing was told.
    pub boot: String,
    /// The number of its last event.
    pub seq: i64,
    /// Its hash.
    pub hash: Link,
    /// How often events were missing.
    pub gaps: i64,
    /// How often it began anew.
    pub resets: i64,
    /// How often it told two stories.
    pub forks: i64,
}

impl Default for Chain {
    fn default() -> Self {
        Self { boot: String::new(), seq: 0, hash: Link::NONE, gaps: 0, resets: 0, forks: 0 }
    }
}
