//! What is told.

use serde::Serialize;

use crate::{kernel::Instant, power::LockClass};

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The calendar of every machine: opening hours or closures are others.
    Calendars,
    /// The calendar of a machine, by its slug.
    Calendar(String),
    /// The power of a machine, by its slug.
    Power(String),
}

/// What is going on at a machine, as `GET /machines/{machine}/power` tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PowerEvent {
    /// Readable name of the machine.
    pub machine: String,
    /// `offline`, `fault`, `locked`, `free`, `reserved`, `starting`, `in_use`, `idle`, `to_check`.
    pub state: &'static str,
    /// Why nobody may start it: somebody locked it out, or it is out of service.
    pub lockout: Option<LockClass>,
    /// When whoever uses it has to be done.
    pub until: Option<Instant>,
    /// The start of the reservation it is kept for.
    pub reserved_at: Option<Instant>,
}

/// A calendar is another: read it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarEvent {
    /// Readable name of the machine; none when it is true of all of them.
    pub machine: Option<String>,
    /// Another word for another calendar.
    pub version: String,
}

/// An event as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place in the order of this process.
    pub number: u64,
    /// `power` or `calendar`.
    pub name: &'static str,
    /// JSON on one line.
    pub data: String,
}

impl About {
    /// The name of the event.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Calendars | Self::Calendar(_) => "calendar",
            Self::Power(_) => "power",
        }
    }
}
