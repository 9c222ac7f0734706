//! Make and change workshops and machines.

use serde_json::json;

use super::{
    model::{Machine, Rules, Workshop},
    store,
};
use crate::{
    journal,
    kernel::{Code, Error, Instant, MachineId, MemberId, Name, Refusal, Result, TrainingId, WorkshopId},
    store::{Conflict, Db, conflict},
};

/// What may be said of a workshop; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct WorkshopChange {
    /// What it is called.
    pub name: Option<Name>,
    /// Square metres.
    pub area_m2: Option<i32>,
    /// People at once.
    pub capacity: Option<i32>,
    /// Place in lists.
    pub position: Option<i32>,
}

/// What may be said of a machine; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct MachineChange {
    /// What it is called.
    pub name: Option<Name>,
    /// Slug or identifier of its workshop.
    pub workshop: Option<String>,
    /// Machines of one kind stand in for each other.
    pub kind: Option<String>,
    /// Place in lists.
    pub position: Option<i32>,
    /// How it may be booked.
    pub rules: Option<Rules>,
    /// Slugs or identifiers of the trainings it requires, all of them.
    pub trainings: Option<Vec<String>>,
}

impl Workshop {
    /// The same workshop with what a change says.
    pub fn apply(&mut self, change: WorkshopChange) {
        self.name = change.name.unwrap_or_else(|| self.name.clone());
        self.area_m2 = change.area_m2.unwrap_or(self.area_m2);
        self.capacity = change.capacity.unwrap_or(self.capacity);
        self.position = change.position.unwrap_or(self.position);
    }
}

/// Makes a workshop.
pub fn make_workshop(
    db: &mut Db,
    slug: &str,
    change: WorkshopChange,
    by: MemberId,
    now: Instant,
) -> Result<Workshop> {
    let mut workshop = Workshop {
        id: WorkshopId::new(),
        slug: slug.to_owned(),
        name: Name { fr: slug.to_owned(), en: slug.to_owned() },
        area_m2: 1,
        capacity: 1,
        position: 0,
        version: 1,
    };
    workshop.apply(change);
    slug_free(store::find_workshop(db, slug)?.is_none())?;
    store::insert_workshop(db, &workshop).map_err(slug_taken)?;
    note(db, ("workshop_made", "workshop", workshop.id.uuid()), slug, by, now)?;
    Ok(workshop)
}

/// Changes a workshop; `current` says whether the writer saw it as it now is.
pub fn change_workshop(
    db: &mut Db,
    key: &str,
    (change, current): (WorkshopChange, impl Fn(&mut Db, &Workshop) -> Result<()>),
    by: MemberId,
    now: Instant,
) -> Result<Workshop> {
    let mut workshop = store::get_workshop_to_change(db, key)?;
    current(db, &workshop)?;
    workshop.apply(change);
    workshop.version += 1;
    store::update_workshop(db, &workshop)?;
    note(db, ("workshop_changed", "workshop", workshop.id.uuid()), &workshop.slug, by, now)?;
    Ok(workshop)
}

/// Makes a machine.
pub fn make_machine(
    db: &mut Db,
    slug: &str,
    change: MachineChange,
    by: MemberId,
    now: Instant,
) -> Result<Machine> {
    let workshop = change.workshop.clone().unwrap_or_default();
    let machine = Machine {
        id: MachineId::new(),
        slug: slug.to_owned(),
        name: Name { fr: slug.to_owned(), en: slug.to_owned() },
        workshop: store::named_workshop(db, &workshop)?.id,
        kind: None,
        position: 0,
        outage: None,
        rules: Rules::default(),
        calendar_version: 0,
        version: 1,
    };
    let (machine, trainings) = changed(db, machine, change)?;
    slug_free(store::find(db, slug)?.is_none())?;
    store::insert(db, &machine).map_err(slug_taken)?;
    store::require(db, machine.id, &trainings.unwrap_or_default())?;
    note(db, ("machine_made", "machine", machine.id.uuid()), slug, by, now)?;
    Ok(machine)
}

/// Changes a machine; `current` says whether the writer saw it as it now is.
pub fn change_machine(
    db: &mut Db,
    key: &str,
    (change, current): (MachineChange, impl Fn(&mut Db, &Machine) -> Result<()>),
    by: MemberId,
    now: Instant,
) -> Result<Machine> {
    let machine = store::get_to_change(db, key)?;
    current(db, &machine)?;
    let (mut machine, trainings) = changed(db, machine, change)?;
    machine.version += 1;
    store::update(db, &machine)?;
    if let Some(trainings) = trainings {
        store::require(db, machine.id, &trainings)?;
    }
    note(db, ("machine_changed", "machine", machine.id.uuid()), &machine.slug, by, now)?;
    Ok(machine)
}

fn changed(
    db: &mut Db,
    mut machine: Machine,
    change: MachineChange,
) -> Result<(Machine, Option<Vec<TrainingId>>)> {
    machine.name = change.name.unwrap_or(machine.name);
    machine.kind = change.kind.or(machine.kind);
    machine.position = change.position.unwrap_or(machine.position);
    machine.rules = change.rules.unwrap_or(machine.rules);
    if let Some(workshop) = &change.workshop {
        machine.workshop = store::named_workshop(db, workshop)?.id;
    }
    let mistakes = machine.rules.mistakes("rules");
    if !mistakes.is_empty() {
        return Err(Error::Invalid(mistakes));
    }
    let trainings = change.trainings.map(|keys| store::find_trainings(db, &keys)).transpose()?;
    Ok((machine, trainings))
}

fn slug_free(free: bool) -> Result<()> {
    if free { Ok(()) } else { Err(Refusal::new(Code::SlugTaken).into()) }
}

/// Two staff may choose the same slug at once: what the constraint says is said in words.
fn slug_taken(error: Error) -> Error {
    match &error {
        Error::Fault(fault) => match fault.downcast_ref().map(conflict) {
            Some(Some(Conflict::Duplicate(_))) => Refusal::new(Code::SlugTaken).into(),
            Some(_) | None => error,
        },
        Error::Refused(_) | Error::Invalid(_) => error,
    }
}

fn note(
    db: &mut Db,
    (action, kind, subject): (&'static str, &'static str, uuid::Uuid),
    slug: &str,
    by: MemberId,
    now: Instant,
) -> Result<()> {
    let details = json!({ "slug": slug });
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action,
        subject_kind: kind,
        subject,
        reason: None,
        details,
    };
    journal::note(db, entry)
}
