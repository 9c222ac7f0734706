//! A plug, as staff describe it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::kernel::{Instant, MachineId, PlugId};

/// Which language a plug speaks.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    EnumString,
    IntoStaticStr,
    VariantArray,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[schema(as = PlugAdapter)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Adapter {
    /// Tasmota, with the full topic `%prefix%/%topic%/` that it comes with.
    Tasmota,
    /// Shelly, second generation and later.
    Shelly,
    /// ESPHome.
    Esphome,
}

/// Where on the broker a plug is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wiring {
    /// Its language.
    pub adapter: Adapter,
    /// Its topic or prefix.
    pub topic: String,
    /// Which of its relays: nothing or `2` for Tasmota, `0` for Shelly, the name of the switch for ESPHome.
    pub channel: String,
    /// The name of the power sensor, for ESPHome.
    pub meter: Option<String>,
    /// It switches itself off after so many seconds without a word.
    pub lease_seconds: Option<i32>,
}

/// A plug between the wall and a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plug {
    /// Its identifier.
    pub id: PlugId,
    /// The machine behind it.
    pub machine: MachineId,
    /// Where it is found.
    pub wiring: Wiring,
    /// What it said of its own settings.
    pub settings: Map<String, Json>,
    /// When it last said something of them.
    pub settings_at: Option<Instant>,
    /// When staff added it.
    pub created_at: Instant,
}
