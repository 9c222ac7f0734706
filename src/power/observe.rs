//! Saying what power a machine has.

use super::{Observation, Observed, rules::IDLE_WATTS, store};
use crate::{
    kernel::{Instant, MachineId, Result},
    store::Db,
};

/// Keeps what was just seen; answers what is known now.
pub fn observe(db: &mut Db, machine: MachineId, seen: Observation, now: Instant) -> Result<Observed> {
    let before = store::observed(db, machine)?;
    let after = Observed::after(before.as_ref(), machine, seen, IDLE_WATTS, now);
    store::keep(db, &after)?;
    Ok(after)
}

/// What is known of a machine's power; nothing where no device ever spoke of it.
pub fn observed(db: &mut Db, machine: MachineId) -> Result<Option<Observed>> {
    store::observed(db, machine)
}
