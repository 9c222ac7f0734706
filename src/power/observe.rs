//! Saying what power a machine has.

use super::{Observation, Observed, rules::IDLE_WATTS, store};
use crate::{
    kernel::{Instant, MachineId, Result},
    machines,
    store::Db,
};

/// Keeps what was just seen; answers what is known now.
pub fn observe(db: &mut Db, machine: MachineId, seen: Observation, now: Instant) -> Result<Observed> {
    let before = store::observed(db, machine)?;
    let (policy, _) = machines::store::policy(db, machine)?;
    let idle_below = policy.idle_watts.map_or(IDLE_WATTS, f64::from);
    let after = Observed::after(before.as_ref(), machine, seen, idle_below, now);
    store::keep(db, &after)?;
    Ok(after)
}

/// Forgets what was seen of a machine's power, because whoever saw it is there no more.
pub fn forget(db: &mut Db, machine: MachineId) -> Result<()> {
    store::forget(db, machine)
}

/// What is known of a machine's power; nothing where no device ever spoke of it.
pub fn observed(db: &mut Db, machine: MachineId) -> Result<Option<Observed>> {
    store::observed(db, machine)
}

/// What is known of every machine's power.
pub fn all_observed(db: &mut Db) -> Result<Vec<Observed>> {
    store::all_observed(db)
}
