//! Make and change workshops and machines.

use serde_json::json;

use super::{
    claims,
    model::{Machine, Rules, RulesPatch, Workshop},
    store,
};
use crate::{
    journal,
    kernel::{
        Code, Error, Instant, MachineId, MemberId, Name, NamePatch, Patch, Refusal, Result, TrainingId,
        WorkshopId,
    },
    store::{Db, is_duplicate},
};

/// What may be said of a workshop; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct WorkshopChange {
    /// What it is called.
    pub name: NamePatch,
    /// Square metres.
    pub area_m2: Patch<i32>,
    /// People at once.
    pub capacity: Patch<i32>,
    /// Place in lists.
    pub position: Patch<i32>,
}

/// What may be said of a machine; what is left out of a change stays.
#[derive(Debug, Clone, Default)]
pub struct MachineChange {
    /// What it is called.
    pub name: NamePatch,
    /// Slug or identifier of its workshop.
    pub workshop: Patch<String>,
    /// Machines of one kind stand in for each other.
    pub kind: Patch<Option<String>>,
    /// Place in lists.
    pub position: Patch<i32>,
    /// How it may be booked.
    pub rules: RulesPatch,
    /// Slugs or identifiers of the trainings it requires, all of them.
    pub trainings: Patch<Vec<String>>,
}

impl Workshop {
    /// The same workshop with what a change says.
    pub fn apply(&mut self, change: WorkshopChange) {
        change.name.apply(&mut self.name);
        change.area_m2.apply(&mut self.area_m2);
        change.capacity.apply(&mut self.capacity);
        change.position.apply(&mut self.position);
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
    let workshop = change.workshop.get().cloned().unwrap_or_default();
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

/// Changes a machine; `current` says whether the writer saw it as it now is. What its claims hold is written anew; also
/// answers the holders of those that meet each other under the new rules.
pub fn change_machine(
    db: &mut Db,
    key: &str,
    (change, current): (MachineChange, impl Fn(&mut Db, &Machine) -> Result<()>),
    by: MemberId,
    now: Instant,
) -> Result<(Machine, Vec<uuid::Uuid>)> {
    let machine = store::get_to_change(db, key)?;
    current(db, &machine)?;
    let (mut machine, trainings) = changed(db, machine, change)?;
    machine.version += 1;
    store::update(db, &machine)?;
    let clashing = claims::renew(db, &machine, now)?;
    claims::touch(db, machine.id)?;
    if let Some(trainings) = trainings {
        store::require(db, machine.id, &trainings)?;
    }
    note(db, ("machine_changed", "machine", machine.id.uuid()), &machine.slug, by, now)?;
    Ok((machine, clashing))
}

fn changed(
    db: &mut Db,
    mut machine: Machine,
    change: MachineChange,
) -> Result<(Machine, Option<Vec<TrainingId>>)> {
    change.name.apply(&mut machine.name);
    change.kind.apply(&mut machine.kind);
    change.position.apply(&mut machine.position);
    change.rules.apply(&mut machine.rules);
    if let Some(workshop) = change.workshop.get() {
        machine.workshop = store::named_workshop(db, workshop)?.id;
    }
    let mistakes = machine.rules.mistakes("rules");
    if !mistakes.is_empty() {
        return Err(Error::Invalid(mistakes));
    }
    let trainings =
        change.trainings.into_option().map(|keys| store::find_trainings(db, &keys)).transpose()?;
    Ok((machine, trainings))
}

fn slug_free(free: bool) -> Result<()> {
    if free { Ok(()) } else { Err(Refusal::new(Code::SlugTaken).into()) }
}

/// Two staff may choose the same slug at once: what the constraint says is said in words.
fn slug_taken(error: Error) -> Error {
    if is_duplicate(&error) { Refusal::new(Code::SlugTaken).into() } else { error }
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
