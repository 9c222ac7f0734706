//! What controllers last said of their own relays.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
    upsert::excluded,
};

use crate::{
    access::{model::State, notice::Output},
    kernel::{ControllerId, Instant, MachineId, Result},
    power::Fault,
    store::{
        Db, on,
        schema::{controller, controller_output},
    },
};

/// What a controller last said of its relay at a machine.
pub fn find(db: &mut Db, controller: ControllerId, machine: MachineId) -> Result<Option<Output>> {
    let row: Option<(bool, Option<String>, Instant)> = on!(db, |c| controller_output::table
        .find((controller, machine))
        .select((controller_output::is_on, controller_output::amiss, controller_output::at))
        .get_result(c))
    .optional()?;
    let Some((on, amiss, at)) = row else { return Ok(None) };
    let amiss: Option<Fault> =
        amiss.map(|word| word.parse()).transpose().context("controller_output.amiss")?;
    Ok(Some(Output { on, amiss, at }))
}

/// Keeps what a controller says of its relay at a machine.
pub fn keep(db: &mut Db, controller: ControllerId, machine: MachineId, of: &Output) -> Result<()> {
    let row = (
        controller_output::controller_id.eq(controller),
        controller_output::machine_id.eq(machine),
        controller_output::is_on.eq(of.on),
        controller_output::amiss.eq(of.amiss.map(<&'static str>::from)),
        controller_output::at.eq(of.at),
    );
    let replaced = (
        controller_output::is_on.eq(excluded(controller_output::is_on)),
        controller_output::amiss.eq(excluded(controller_output::amiss)),
        controller_output::at.eq(excluded(controller_output::at)),
    );
    on!(db, |c| insert_into(controller_output::table)
        .values(row)
        .on_conflict((controller_output::controller_id, controller_output::machine_id))
        .do_update()
        .set(replaced)
        .execute(c))?;
    Ok(())
}

/// Whether another trusted controller, heard of since then, says that the machine has power by its own relay.
pub fn is_on_by_another(db: &mut Db, machine: MachineId, than: ControllerId, since: Instant) -> Result<bool> {
    let active: &'static str = State::Active.into();
    let others = controller_output::table
        .inner_join(controller::table)
        .filter(controller_output::machine_id.eq(machine))
        .filter(controller_output::is_on.eq(true))
        .filter(controller_output::controller_id.ne(than))
        .filter(controller::state.eq(active))
        .filter(controller::last_seen_at.gt(since));
    Ok(on!(db, |c| select(exists(others)).get_result(c))?)
}

/// Forgets what a controller said: its machines are others from now on.
pub fn forget(db: &mut Db, controller: ControllerId) -> Result<()> {
    diesel::delete(controller_output::table.filter(controller_output::controller_id.eq(controller)))
        .execute(db)?;
    Ok(())
}
