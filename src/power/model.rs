//! The nouns of the room.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::kernel::{Instant, MachineId, PowerSessionId};

/// What power a machine should have from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intent {
    /// Whether it should be on.
    pub on: bool,
    /// When that ends by itself; a machine that should be off needs no end.
    pub until: Option<Instant>,
    /// The session it is on for.
    pub session: Option<PowerSessionId>,
}

/// An intent as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in Intent")]
pub struct Intended {
    pub machine: MachineId,
    pub on: bool,
    pub until: Option<Instant>,
    pub session: Option<PowerSessionId>,
    /// When it was first said; a later end of the same session changes nothing here.
    pub said_at: Instant,
    /// Grows with every word about this machine.
    pub version: i64,
}

/// Who tells what power a machine has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// A controller of our own protocol.
    Native,
    /// A plug on MQTT.
    Plug,
}

/// What is wrong with the power of a machine.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[schema(as = PowerFault)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Fault {
    /// It was told to switch and did not, twice.
    NoAnswer,
    /// It is on and nobody should have it on.
    OnWithoutSession,
    /// It went off in the middle of a session.
    OffInSession,
    /// The device itself reports a failure.
    Device,
}

/// Why a machine is locked out.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum LockClass {
    /// Something is broken.
    Defect,
    /// The emergency stop was pressed.
    Emergency,
    /// Somebody is working on it.
    Maintenance,
    /// Somebody should have a look before it is used again.
    ToCheck,
}

/// What was just seen of a machine's power.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Who saw it.
    pub source: Source,
    /// Whether the device can be reached.
    pub online: bool,
    /// Whether the machine has power; unknown where the device did not say.
    pub on: Option<bool>,
    /// What it draws, in watts.
    pub watts: Option<f64>,
    /// What is wrong.
    pub fault: Option<Fault>,
}

/// What is known of a machine's power.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "as in Observation")]
pub struct Observed {
    pub machine: MachineId,
    pub source: Source,
    pub online: bool,
    pub on: Option<bool>,
    pub watts: Option<f64>,
    pub fault: Option<Fault>,
    /// When it was last seen.
    pub seen_at: Instant,
    /// Since when it is on or off as it is.
    pub since: Instant,
    /// Since when it is on and draws next to nothing; unknown where nobody measures.
    pub idle_since: Option<Instant>,
    /// All the energy it was ever seen to draw, in watt hours.
    pub watt_hours: f64,
}
