//! Workshops and their machines.

use super::{Done, Kind, Outcome, note};
use crate::{
    blueprint::model::{MachineDraft, WorkshopDraft},
    kernel::{Instant, MachineId, Result, TrainingId, WorkshopId},
    machines::{self, Machine, Workshop, store},
    store::Db,
};

/// Writes the workshops and their machines, in the order of the file.
pub fn workshops(db: &mut Db, wanted: &[WorkshopDraft], outcome: &mut Outcome, now: Instant) -> Result<()> {
    for (draft, position) in wanted.iter().zip(1..) {
        let id = workshop(db, draft, position, outcome, now)?;
        for (draft, position) in draft.machines.iter().zip(1..) {
            machine(db, draft, (id, position), outcome, now)?;
        }
    }
    leave(db, wanted, outcome)
}

fn workshop(
    db: &mut Db,
    draft: &WorkshopDraft,
    position: i32,
    outcome: &mut Outcome,
    now: Instant,
) -> Result<WorkshopId> {
    let before = store::find_workshop(db, &draft.slug)?;
    let wanted = Workshop {
        id: before.as_ref().map_or_else(WorkshopId::new, |workshop| workshop.id),
        slug: draft.slug.clone(),
        name: draft.name.clone(),
        area_m2: draft.area_m2,
        capacity: draft.capacity,
        position,
        version: before.as_ref().map_or(1, |workshop| workshop.version),
    };
    let (done, action) = match before {
        Some(before) if before == wanted => return Ok(wanted.id),
        Some(before) => {
            store::update_workshop(db, &Workshop { version: before.version + 1, ..wanted.clone() })?;
            (Done::Changed, "workshop_changed")
        }
        None => {
            store::insert_workshop(db, &wanted)?;
            (Done::Made, "workshop_made")
        }
    };
    outcome.record(done, Kind::Workshop, &wanted.slug);
    note(db, action, ("workshop", wanted.id.uuid()), &wanted.slug, now)?;
    Ok(wanted.id)
}

fn machine(
    db: &mut Db,
    draft: &MachineDraft,
    (workshop, position): (WorkshopId, i32),
    outcome: &mut Outcome,
    now: Instant,
) -> Result<()> {
    let before = store::find(db, &draft.slug)?;
    let mut wanted = described(draft, before.as_ref(), workshop);
    wanted.position = position;
    let trainings = store::find_trainings(db, &draft.trainings)?;
    let (done, action) = match before {
        Some(before)
            if before == wanted
                && requires(db, wanted.id)? == sorted(&trainings)
                && same_power(db, wanted.id, draft)? =>
        {
            return Ok(());
        }
        Some(before) => {
            store::update(db, &Machine { version: before.version + 1, ..wanted.clone() })?;
            let clashing = machines::claims::renew(db, &wanted, now)?;
            machines::claims::touch(db, wanted.id)?;
            let mut hurt = machines::affected::ahead(db, now)?;
            hurt.retain(|one| clashing.contains(&one.reservation.uuid()));
            outcome.hurt.extend(hurt);
            (Done::Changed, "machine_changed")
        }
        None => {
            store::insert(db, &wanted)?;
            (Done::Made, "machine_made")
        }
    };
    store::require(db, wanted.id, &trainings)?;
    if !same_power(db, wanted.id, draft)?
        && let Some(power) = &draft.power
    {
        let (_, version) = store::policy(db, wanted.id)?;
        store::put_policy(db, wanted.id, power, version + 1)?;
    }
    outcome.record(done, Kind::Machine, &wanted.slug);
    note(db, action, ("machine", wanted.id.uuid()), &wanted.slug, now)
}

/// The machine as the file says; what the file does not speak of is as it was.
fn described(draft: &MachineDraft, before: Option<&Machine>, workshop: WorkshopId) -> Machine {
    Machine {
        id: before.map_or_else(MachineId::new, |machine| machine.id),
        slug: draft.slug.clone(),
        name: draft.name.clone(),
        workshop,
        kind: draft.kind.clone(),
        position: 0,
        outage: before.and_then(|machine| machine.outage.clone()),
        rules: draft.rules.clone(),
        calendar_version: before.map_or(0, |machine| machine.calendar_version),
        version: before.map_or(1, |machine| machine.version),
    }
}

/// Whether the machine is switched on as the file says, or the file does not speak of it.
fn same_power(db: &mut Db, machine: MachineId, draft: &MachineDraft) -> Result<bool> {
    let Some(power) = &draft.power else { return Ok(true) };
    let (before, version) = store::policy(db, machine)?;
    Ok(version > 0 && before == *power)
}

fn requires(db: &mut Db, machine: MachineId) -> Result<Vec<TrainingId>> {
    let required = store::required_trainings(db, &[machine])?;
    Ok(sorted(&required.into_iter().map(|(_, training)| training.id).collect::<Vec<_>>()))
}

fn sorted(trainings: &[TrainingId]) -> Vec<TrainingId> {
    let mut sorted = trainings.to_vec();
    sorted.sort_unstable();
    sorted
}

fn leave(db: &mut Db, wanted: &[WorkshopDraft], outcome: &mut Outcome) -> Result<()> {
    for gone in
        store::list_workshops(db)?.iter().filter(|one| !wanted.iter().any(|draft| draft.slug == one.slug))
    {
        outcome.leave(Kind::Workshop, &gone.slug);
    }
    let kept =
        |one: &Machine| wanted.iter().flat_map(|draft| &draft.machines).any(|draft| draft.slug == one.slug);
    for gone in machines::list(db, None)?.iter().filter(|one| !kept(one)) {
        outcome.leave(Kind::Machine, &gone.slug);
    }
    Ok(())
}
