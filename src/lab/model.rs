//! The nouns of the room.

use chrono::{NaiveDate, Weekday};

use crate::kernel::{ClosureId, Id, MachineId, Name, Period, WorkshopId, Zone};

/// The place itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lab {
    /// Differs from every other lab's, in whatever database.
    pub id: Id<Lab>,
    /// Short readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The zone in which it opens, counts weeks and speaks of days.
    pub zone: Zone,
    /// Version of the house rules in force; members accept a version.
    pub charter_version: i32,
    /// The house rules themselves, or where to read them.
    pub charter: Name,
    /// Whether it closes on French public holidays.
    pub french_holidays: bool,
    /// Whether it is a demonstration: such a database is never served as a production lab.
    pub demo: bool,
    /// Grows with every change of hours and closures.
    pub calendar_version: i64,
}

/// One span of a week, in wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpeningSpan {
    /// Which day.
    pub weekday: Day,
    /// Minutes after local midnight, 0 to 1439.
    pub opens: u16,
    /// Minutes after local midnight, up to 1440: the next midnight.
    pub closes: u16,
    /// Whether a fab manager is present. Unstaffed hours are for members whose plan includes them.
    pub staffed: bool,
    /// First day it applies, if it is limited.
    pub valid_from: Option<NaiveDate>,
    /// Last day it applies, if it is limited.
    pub valid_to: Option<NaiveDate>,
}

/// A day of the week that sorts Monday first (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Weekday);

impl Day {
    /// 1 for Monday to 7 for Sunday.
    #[must_use]
    pub fn number(self) -> i32 {
        i32::try_from(self.0.number_from_monday()).unwrap_or(7)
    }

    /// The day of that number, if it is 1 to 7.
    #[must_use]
    pub fn numbered(number: i32) -> Option<Self> {
        Weekday::try_from(u8::try_from(number.checked_sub(1)?).ok()?).ok().map(Self)
    }
}

impl PartialOrd for Day {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Day {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number().cmp(&other.number())
    }
}

/// What a closure closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    Lab,
    /// One workshop.
    Workshop(WorkshopId),
    /// One machine.
    Machine(MachineId),
}

impl Scope {
    /// Whether a machine of this workshop is meant.
    #[must_use]
    pub fn touches(self, workshop: WorkshopId, machine: MachineId) -> bool {
        match self {
            Self::Lab => true,
            Self::Workshop(meant) => meant == workshop,
            Self::Machine(meant) => meant == machine,
        }
    }
}

/// An exceptional closed period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// Its identifier.
    pub id: ClosureId,
    /// What is closed.
    pub scope: Scope,
    /// When.
    pub period: Period,
    /// Why, in the words of who closed it.
    pub reason: String,
}

/// A period in which the lab is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// When.
    pub period: Period,
    /// Whether a fab manager is present.
    pub staffed: bool,
}

/// Everything that decides when the lab is open: small, and the same until `calendar_version` grows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timetable {
    /// The lab.
    pub lab: Lab,
    /// Its weekly hours.
    pub spans: Vec<OpeningSpan>,
    /// Its closures, of all scopes.
    pub closures: Vec<Closure>,
}
