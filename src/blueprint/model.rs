//! What a file says.

use crate::{
    kernel::{Name, Period, Zone},
    lab::OpeningSpan,
    machines::{PowerPolicy, Rules},
    people::Terms,
    training::define::Draft,
};

/// A whole lab, described without a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabFile {
    /// The place itself.
    pub lab: Place,
    /// Its weekly hours, one span for each day.
    pub hours: Vec<OpeningSpan>,
    /// When it is closed all the same.
    pub closures: Vec<ClosureDraft>,
    /// What memberships are given under.
    pub plans: Vec<PlanDraft>,
    /// What members learn before they touch machines.
    pub trainings: Vec<Draft>,
    /// Its workshops, in the order of lists.
    pub workshops: Vec<WorkshopDraft>,
}

/// The place itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// Where its days are counted.
    pub zone: Zone,
    /// Whether it closes on French public holidays.
    pub french_holidays: bool,
    /// Version of the house rules.
    pub charter_version: i32,
    /// The house rules.
    pub charter: Name,
}

/// An exceptional closed period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosureDraft {
    /// Slug of the workshop that is closed; the whole lab where neither is named.
    pub workshop: Option<String>,
    /// Slug of the machine that is closed.
    pub machine: Option<String>,
    /// When.
    pub period: Period,
    /// Why.
    pub reason: String,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDraft {
    /// Readable name for links.
    pub slug: String,
    /// What it says.
    pub terms: Terms,
}

/// A workshop with its machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopDraft {
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: Name,
    /// Floor area in square metres.
    pub area_m2: i32,
    /// How many people may be inside at once.
    pub capacity: i32,
    /// Its machines, in the order of lists.
    pub machines: Vec<MachineDraft>,
}

/// A machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineDraft {
    /// Readable name for links.
    pub slug: String,
    /// What it is called.
    pub name: Name,
    /// Machines of one kind stand in for each other.
    pub kind: Option<String>,
    /// Slugs of the trainings it requires, all of them, sorted.
    pub trainings: Vec<String>,
    /// How it may be booked: its own rules over the usual ones of the file over those of the house.
    pub rules: Rules,
    /// How it is switched on, where the file speaks of it.
    pub power: Option<PowerPolicy>,
}
