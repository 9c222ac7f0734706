//! A controller says hello: at every start, and now and then while nothing runs. It learns what its machines should be:
//! the desired state, never "idle" by default, so that no lockout and no session is lost with its memory.

use super::{
    lock::{Alarm, lock},
    model::Device,
    store::{self, scenes::Scene},
};
use crate::{
    kernel::{Code, Error, Instant, MachineId, Result},
    machines::{self, Machine},
    people::{self, Contact},
    power::{self, LockClass, Observation, Source},
    store::Db,
};

/// What the controller sees of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Slug or identifier.
    pub machine: String,
    /// Whether it has power.
    pub on: bool,
}

/// A lockout the controller holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latched {
    /// Slug or identifier.
    pub machine: String,
    /// What kind of trouble.
    pub class: LockClass,
    /// Whether the house has told the controller that it knows; nothing where the controller does not say.
    pub told: Option<bool>,
}

impl Seen {
    /// Whether it speaks of this machine.
    #[must_use]
    pub fn is_of(&self, machine: &Machine) -> bool {
        self.machine == machine.slug || self.machine.parse() == Ok(machine.id)
    }
}

/// What a machine should be.
#[derive(Debug, Clone)]
pub struct Desired {
    /// The machine, its policy, its session and its lockout.
    pub scene: Scene,
    /// Whose session it is.
    pub contact: Option<Contact>,
}

/// Takes what the controller sees, and answers what its machines should be. A lockout it holds and the house does not
/// know yet is one from now on; what staff took back meanwhile, it hears with this answer.
pub fn hello(
    db: &mut Db,
    device: &Device,
    (outputs, latched): (&[Seen], &[Latched]),
    now: Instant,
) -> Result<Vec<Desired>> {
    for one in outputs {
        let machine = own(db, device, &one.machine)?;
        let running = store::sessions::open_on(db, machine)?;
        if running.is_some_and(|session| session.is_elsewhere(device.id)) {
            // Its own relay tells nothing of a machine that is on by another one.
            continue;
        }
        let seen =
            Observation { source: Source::Native, online: true, on: Some(one.on), watts: None, fault: None };
        power::observe(db, machine, seen, now)?;
    }
    for one in latched {
        let machine = own(db, device, &one.machine)?;
        if store::lockouts::is_news(db, machine, one)? {
            let alarm =
                Alarm { machine, class: one.class, reason: None, by: None, controller: Some(device.id) };
            lock(db, alarm, now)?;
        }
    }
    store::lockouts::tell(db, &device.machines, now)?;
    device.machines.iter().map(|machine| desired(db, device, *machine)).collect()
}

/// The machine of this slug or identifier, if it is the controller's.
///
/// # Errors
/// `machine_not_bound`.
pub fn own(db: &mut Db, device: &Device, key: &str) -> Result<MachineId> {
    let found = machines::store::find(db, key)?.map(|machine| machine.id);
    let machine = found.ok_or_else(|| Error::refused(Code::MachineNotBound))?;
    device.owns(machine)?;
    Ok(machine)
}

/// A session that began at another controller of the machine is that one's to run and to end: this one rests.
fn desired(db: &mut Db, device: &Device, machine: MachineId) -> Result<Desired> {
    let scene = store::scenes::at(db, &machine.to_string())?;
    let mut scene =
        scene.ok_or_else(|| anyhow::anyhow!("a controller is bound to a machine that is not there"))?;
    scene.session = scene.session.filter(|session| !session.is_elsewhere(device.id));
    let contact = scene.session.as_ref().map(|session| people::contact(db, session.member)).transpose()?;
    Ok(Desired { scene, contact })
}
