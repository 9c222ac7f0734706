//! Which machine requires which trainings.

use diesel::prelude::*;
use uuid::Uuid;

use crate::{
    kernel::{Error, Id, MachineId, Name, Result, TrainingId},
    store::{
        Db,
        schema::{machine_training, training},
    },
};

/// What the trainings are called that each of these machines requires, by machine.
pub fn required_trainings(db: &mut Db, machines: &[MachineId]) -> Result<Vec<(MachineId, MachineTraining)>> {
    let rows: Vec<(MachineId, TrainingId, String, String, String)> = machine_training::table
        .inner_join(training::table)
        .filter(machine_training::machine_id.eq_any(machines))
        .order(training::slug)
        .select((
            machine_training::machine_id,
            training::id,
            training::slug,
            training::name_fr,
            training::name_en,
        ))
        .load(db)?;
    let named = |(machine, id, slug, fr, en)| (machine, MachineTraining { id, slug, name: Name { fr, en } });
    Ok(rows.into_iter().map(named).collect())
}

/// A training that a machine requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineTraining {
    /// Its identifier.
    pub id: TrainingId,
    /// Its readable name.
    pub slug: String,
    /// What it is called.
    pub name: Name,
}

/// The trainings of these slugs or identifiers; an unknown one is named in the error.
pub fn find_trainings(db: &mut Db, keys: &[String]) -> Result<Vec<TrainingId>> {
    let known: Vec<(TrainingId, String)> = training::table.select((training::id, training::slug)).load(db)?;
    let find = |(place, key): (usize, &String)| {
        let id = key.parse::<Id<Uuid>>().ok();
        let found = known.iter().find(|(known, slug)| slug == key || Some(known.cast()) == id);
        found
            .map(|(id, _)| *id)
            .ok_or_else(|| Error::field(format!("trainings[{place}]"), "unknown_training"))
    };
    let mut found = keys.iter().enumerate().map(find).collect::<Result<Vec<_>>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Says which trainings a machine requires from now on.
pub fn require(db: &mut Db, machine: MachineId, trainings: &[TrainingId]) -> Result<()> {
    diesel::delete(machine_training::table.filter(machine_training::machine_id.eq(machine))).execute(db)?;
    for training in trainings {
        diesel::insert_into(machine_training::table)
            .values((machine_training::machine_id.eq(machine), machine_training::training_id.eq(*training)))
            .execute(db)?;
    }
    Ok(())
}

/// The machines that require a training.
pub fn requiring(db: &mut Db, training: TrainingId) -> Result<Vec<MachineId>> {
    Ok(machine_training::table
        .filter(machine_training::training_id.eq(training))
        .select(machine_training::machine_id)
        .load(db)?)
}
