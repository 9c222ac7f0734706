//! The versions of everything a calendar depends on: they change with whatever changes it.

use std::fmt;

use crate::{
    kernel::{Id, MachineId, Zone},
    lab::{Lab, Timetable},
    machines::Machine,
    store::Moment,
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

/// Versions as they were at a moment of the store.
#[derive(Debug)]
pub struct Read {
    /// When.
    pub moment: Moment,
    /// What was read.
    pub versions: Versions,
}

impl Versions {
    pub(super) fn of<'a>(timetable: &Timetable, machines: impl IntoIterator<Item = &'a Machine>) -> Self {
        let version = |machine: &Machine| (machine.id, machine.version, machine.calendar_version);
        Self {
            lab: (timetable.lab.id, timetable.lab.calendar_version),
            zone: timetable.lab.zone,
            machines: machines.into_iter().map(version).collect(),
        }
    }

    /// About how many bytes they take.
    pub(super) const fn length(&self) -> usize {
        size_of::<Self>() + self.machines.len() * size_of::<Version>()
    }
}

impl fmt::Display for Versions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.lab.0, self.lab.1)?;
        self.machines.iter().try_for_each(|(id, edited, held)| write!(f, " {id} {edited} {held}"))
    }
}
