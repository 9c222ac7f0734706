//! The nouns of the room.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::kernel::{Instant, MachineId, MemberId, Name, Patch, WorkshopId};

/// An atelier: a room with machines, a floor area and a number of people it holds at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    /// Its identifier.
    pub id: WorkshopId,
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: Name,
    /// Floor area in square metres.
    pub area_m2: i32,
    /// How many people may be inside at once.
    pub capacity: i32,
    /// Where it stands in lists.
    pub position: i32,
    /// Grows with every edit.
    pub version: i64,
}

/// One bookable thing in a workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Machine {
    /// Its identifier.
    pub id: MachineId,
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: Name,
    /// Where it stands.
    pub workshop: WorkshopId,
    /// Machines of one kind stand in for each other.
    pub kind: Option<String>,
    /// Where it stands in lists.
    pub position: i32,
    /// Whether it can be used, and since when not.
    pub outage: Option<Outage>,
    /// How it may be booked.
    pub rules: Rules,
    /// Grows with every claim and every change of state.
    pub calendar_version: i64,
    /// Grows with every edit.
    pub version: i64,
}

/// What a machine is called, where more is not needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineName {
    /// Its identifier.
    pub id: MachineId,
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: Name,
}

/// Whether a machine can be used.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[schema(as = MachineState)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// Ready for use.
    InService,
    /// Being looked after.
    Maintenance,
    /// Out of order.
    Broken,
    /// Shut by staff.
    Locked,
}

/// Why a machine cannot be used, since when, and until when if somebody dares to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// Any state but [`State::InService`].
    pub state: State,
    /// In the words of who said so.
    pub reason: String,
    /// Who said so.
    pub by: Option<MemberId>,
    /// Since when.
    pub since: Instant,
    /// The expected end.
    pub until: Option<Instant>,
}

/// How a machine may be booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Starts and ends lie on multiples of this, counted from local midnight. Minutes, 5 to 1440.
    #[schema(minimum = 5, maximum = 1440)]
    pub grid_minutes: i32,
    /// The shortest booking, in minutes.
    #[schema(minimum = 5, maximum = 10_080)]
    pub min_minutes: i32,
    /// The longest booking, in minutes, up to 10 080 (a week).
    #[schema(minimum = 5, maximum = 10_080)]
    pub max_minutes: i32,
    /// How long before the start one must book, in minutes.
    #[schema(minimum = 0, maximum = 1_051_200)]
    pub notice_minutes: i32,
    /// How many local days ahead one may book, 1 to 730; the last one whole.
    #[schema(minimum = 1, maximum = 730)]
    pub horizon_days: i32,
    /// Until how long before the start one may cancel, in minutes.
    #[schema(minimum = 0, maximum = 1_051_200)]
    pub cancel_minutes: i32,
    /// Kept free after each use for cleaning up, in minutes, up to 1440.
    #[schema(minimum = 0, maximum = 1440)]
    pub buffer_minutes: i32,
    /// Minimum age on the day of use, in years.
    #[schema(minimum = 0, maximum = 99)]
    pub min_age: Option<i32>,
    /// Only while a fab manager is present.
    pub supervised: bool,
    /// Runs alone: nobody stands beside it, it may run through the night, and it holds no place in the workshop.
    pub unattended: bool,
}

impl Default for Rules {
    /// The rules of `domain.md`: half-hour grid, half an hour to four hours, sixty days ahead, cancelling until two
    /// hours before, no notice, no buffer.
    fn default() -> Self {
        Self {
            grid_minutes: 30,
            min_minutes: 30,
            max_minutes: 240,
            notice_minutes: 0,
            horizon_days: 60,
            cancel_minutes: 120,
            buffer_minutes: 0,
            min_age: None,
            supervised: false,
            unattended: false,
        }
    }
}

/// What to change of the rules of booking.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesPatch {
    /// Starts and ends lie on multiples of this, counted from local midnight. Minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 5, maximum = 1440)]
    pub grid_minutes: Patch<i32>,
    /// The shortest booking, in minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 5, maximum = 10_080)]
    pub min_minutes: Patch<i32>,
    /// The longest booking, in minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 5, maximum = 10_080)]
    pub max_minutes: Patch<i32>,
    /// How long before the start one must book, in minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 0, maximum = 1_051_200)]
    pub notice_minutes: Patch<i32>,
    /// How far ahead one may book, in days.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 730)]
    pub horizon_days: Patch<i32>,
    /// Until how long before the start one may cancel, in minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 0, maximum = 1_051_200)]
    pub cancel_minutes: Patch<i32>,
    /// Kept free after each use for cleaning up, in minutes.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 0, maximum = 1440)]
    pub buffer_minutes: Patch<i32>,
    /// Minimum age on the day of use, in years; null: any age.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 99)]
    pub min_age: Patch<Option<i32>>,
    /// Only while a fab manager is present.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub supervised: Patch<bool>,
    /// Runs alone.
    #[serde(default)]
    #[schema(value_type = bool)]
    pub unattended: Patch<bool>,
}

impl RulesPatch {
    /// Writes what the change speaks of.
    pub fn apply(self, rules: &mut Rules) {
        self.grid_minutes.apply(&mut rules.grid_minutes);
        self.min_minutes.apply(&mut rules.min_minutes);
        self.max_minutes.apply(&mut rules.max_minutes);
        self.notice_minutes.apply(&mut rules.notice_minutes);
        self.horizon_days.apply(&mut rules.horizon_days);
        self.cancel_minutes.apply(&mut rules.cancel_minutes);
        self.buffer_minutes.apply(&mut rules.buffer_minutes);
        self.min_age.apply(&mut rules.min_age);
        self.supervised.apply(&mut rules.supervised);
        self.unattended.apply(&mut rules.unattended);
    }
}

impl From<Rules> for RulesPatch {
    fn from(rules: Rules) -> Self {
        Self {
            grid_minutes: Patch::Set(rules.grid_minutes),
            min_minutes: Patch::Set(rules.min_minutes),
            max_minutes: Patch::Set(rules.max_minutes),
            notice_minutes: Patch::Set(rules.notice_minutes),
            horizon_days: Patch::Set(rules.horizon_days),
            cancel_minutes: Patch::Set(rules.cancel_minutes),
            buffer_minutes: Patch::Set(rules.buffer_minutes),
            min_age: Patch::Set(rules.min_age),
            supervised: Patch::Set(rules.supervised),
            unattended: Patch::Set(rules.unattended),
        }
    }
}
