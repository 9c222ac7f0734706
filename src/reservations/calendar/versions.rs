//! The versions of everything a calendar depends on: they change with whatever changes it.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use quick_cache::sync::Cache;

use super::asked::Which;
use crate::{
    kernel::{Id, MachineId, Zone},
    lab::{Lab, Timetable},
    machines::Machine,
    store::{Moment, Store},
};

/// A machine, the version of its rules, the version of what holds it.
pub type Version = (MachineId, i64, i64);

/// Versions that belong to one state of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The lab's: hours and closures.
    pub lab: (Id<Lab>, i64),
    /// Where its days are counted.
    pub zone: Zone,
    /// The machines', in their order.
    pub machines: Vec<Version>,
}

/// How many answers to "which versions?" are kept at most; a lab has fewer machines and workshops.
const KEPT: usize = 512;

/// A question about one of the stores of this process.
type Key = (u64, Which);

static RECENT: LazyLock<Cache<Key, (Moment, Arc<Versions>)>> = LazyLock::new(|| Cache::new(KEPT));

impl Versions {
    pub(super) fn of<'a>(timetable: &Timetable, machines: impl IntoIterator<Item = &'a Machine>) -> Self {
        let version = |machine: &Machine| (machine.id, machine.version, machine.calendar_version);
        Self {
            lab: (timetable.lab.id, timetable.lab.calendar_version),
            zone: timetable.lab.zone,
            machines: machines.into_iter().map(version).collect(),
        }
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.lab.0, self.lab.1)?;
        self.machines.iter().try_for_each(|(id, edited, held)| write!(f, " {id} {edited} {held}"))
    }
}

/// Those read a moment ago, if nothing was written since.
pub(super) fn recent(store: &Store, which: &Which) -> Option<Arc<Versions>> {
    let (moment, versions) = RECENT.get(&(store.number(), which.clone()))?;
    store.lasts(&moment).then_some(versions)
}

/// Keeps what was read after this moment.
pub(super) fn remember(key: Key, moment: Option<Moment>, versions: Versions) {
    if let Some(moment) = moment {
        RECENT.insert(key, (moment, Arc::new(versions)));
    }
}
