//! Saying what power a machine should have: the only way to switch anything.

use super::{Intended, Intent, store};
use crate::{
    kernel::{Instant, MachineId, Result},
    store::Db,
};

/// Says what power a machine should have from now on. Ring the [`Nudge`](super::Nudge) after the commit.
///
/// A session that goes on is the same word with another end: a start is meant when it is said first.
pub fn intend(db: &mut Db, machine: MachineId, intent: Intent, now: Instant) -> Result<()> {
    let before = store::intended(db, machine)?;
    let same = before
        .filter(|before| (before.on, before.session) == (intent.on, intent.session) && before.wants(now));
    store::put_intent(db, machine, intent, same.map_or(now, |before| before.said_at))
}

/// What was said last about a machine; nothing means off.
pub fn intended(db: &mut Db, machine: MachineId) -> Result<Option<Intended>> {
    store::intended(db, machine)
}

/// What was said last about every machine that was ever spoken of.
pub fn all_intended(db: &mut Db) -> Result<Vec<Intended>> {
    store::all_intended(db)
}
