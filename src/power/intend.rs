//! Saying what power a machine should have: the only way to switch anything.

use super::{Intended, Intent, store};
use crate::{
    kernel::{Instant, MachineId, Result},
    store::Db,
};

/// Says what power a machine should have from now on. Ring the [`Nudge`](super::Nudge) after the commit.
pub fn intend(db: &mut Db, machine: MachineId, intent: Intent, now: Instant) -> Result<()> {
    store::put_intent(db, machine, intent, now)
}

/// What was said last about a machine; nothing means off.
pub fn intended(db: &mut Db, machine: MachineId) -> Result<Option<Intended>> {
    store::intended(db, machine)
}
