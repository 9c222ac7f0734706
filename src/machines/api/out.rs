//! Workshops and machines as clients read them.

use serde::Serialize;

use crate::{
    kernel::{Instant, Locale, MachineId, Name, Result, TrainingId, WorkshopId},
    machines::{
        model::{Machine, Rules, State, Workshop},
        store::MachineTraining,
    },
    web::etag::{self, Tag},
};

/// A workshop.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopOut {
    id: WorkshopId,
    slug: String,
    /// In the reader's language.
    name: String,
    /// In both languages.
    names: Name,
    /// Floor area in square metres.
    area_m2: i32,
    /// How many people may be inside at once.
    capacity: i32,
    /// Slugs of its machines.
    machines: Vec<String>,
}

/// A machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachineOut {
    id: MachineId,
    slug: String,
    /// In the reader's language.
    name: String,
    /// In both languages.
    names: Name,
    workshop: WorkshopId,
    /// Machines of one kind stand in for each other.
    kind: Option<String>,
    /// Whether it can be used now.
    state: State,
    outage: Option<OutageOut>,
    rules: Rules,
    /// Trainings required, all of them.
    trainings: Vec<TrainingRef>,
}

/// Why a machine cannot be used.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OutageOut {
    reason: String,
    since: Instant,
    /// The expected end.
    until: Option<Instant>,
}

/// A training, by its names.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TrainingRef {
    id: TrainingId,
    slug: String,
    name: String,
}

impl WorkshopOut {
    /// The workshop and its machines, in the reader's language.
    #[must_use]
    pub fn new(workshop: &Workshop, machines: &[Machine], locale: Locale) -> Self {
        let inside = machines.iter().filter(|machine| machine.workshop == workshop.id);
        Self {
            id: workshop.id,
            slug: workshop.slug.clone(),
            name: workshop.name.in_language(locale).to_owned(),
            names: workshop.name.clone(),
            area_m2: workshop.area_m2,
            capacity: workshop.capacity,
            machines: inside.map(|machine| machine.slug.clone()).collect(),
        }
    }

    /// The tag of what this reader sees: other machines inside make another version of it.
    pub fn tag(workshop: &Workshop, machines: &[Machine], reader: Locale) -> Result<Tag> {
        let tag = etag::of(workshop.version, |locale| Self::new(workshop, machines, locale))?;
        Ok(tag.in_language(reader))
    }
}

impl MachineOut {
    /// The machine and the trainings it requires, in the reader's language.
    #[must_use]
    pub fn new(
        machine: &Machine,
        required: &[(MachineId, MachineTraining)],
        locale: Locale,
        now: Instant,
    ) -> Self {
        let outage = machine.outage.as_ref().filter(|outage| outage.lasts(now));
        let trainings =
            required.iter().filter(|(id, _)| *id == machine.id).map(|(_, training)| TrainingRef {
                id: training.id,
                slug: training.slug.clone(),
                name: training.name.in_language(locale).to_owned(),
            });
        Self {
            id: machine.id,
            slug: machine.slug.clone(),
            name: machine.name.in_language(locale).to_owned(),
            names: machine.name.clone(),
            workshop: machine.workshop,
            kind: machine.kind.clone(),
            state: outage.map_or(State::InService, |outage| outage.state),
            outage: outage.map(|outage| OutageOut {
                reason: outage.reason.clone(),
                since: outage.since,
                until: outage.until,
            }),
            rules: machine.rules.clone(),
            trainings: trainings.collect(),
        }
    }

    /// The tag of what this reader sees now: an outage ends by itself, and trainings change their names.
    pub fn tag(
        machine: &Machine,
        required: &[(MachineId, MachineTraining)],
        reader: Locale,
        now: Instant,
    ) -> Result<Tag> {
        let tag = etag::of(machine.version, |locale| Self::new(machine, required, locale, now))?;
        Ok(tag.in_language(reader))
    }
}
