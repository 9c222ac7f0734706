//! A controller says hello: at every start, and now and then while nothing runs. It learns what its machines should be:
//! the desired state, never "idle" by default, so that no lockout and no session is lost with its memory.

use super::{
    lock::{Alarm, lock},
    model::Device,
    notice::{Machines, notice},
    store::{self, scenes::Scene},
};
use crate::{
    kernel::{Code, Error, Instant, MachineId, Result},
    machines,
    people::{self, Contact},
    power::{LockClass, log},
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

/// What a machine should be.
#[derive(Debug, Clone)]
pub struct Desired {
    /// The machine, its policy, its session and its lockout.
    pub scene: Scene,
    /// Whose session it is.
    pub contact: Option<Contact>,
}

/// What a controller that says hello is answered.
#[derive(Debug, Clone)]
pub struct Greeting {
    /// What its machines should be.
    pub desired: Vec<Desired>,
    /// The words in its hello that name no machine of its own: nothing was done about them.
    pub ignored: Vec<String>,
}

/// Takes what the controller sees, and answers what its machines should be. A lockout it holds and the house does not
/// know yet is one from now on; what staff took back meanwhile, it hears with this answer.
pub fn hello(
    db: &mut Db,
    device: &Device,
    (outputs, latched): (&[Seen], &[Latched]),
    now: Instant,
) -> Result<Greeting> {
    let mut machines = Machines::of(db, device)?;
    let events = notice(db, device, machines.relays(outputs), now)?;
    for one in latched {
        let Some(machine) = machines.own(&one.machine) else { continue };
        if store::lockouts::is_news(db, device.id, machine, one)? {
            let alarm =
                Alarm { machine, class: one.class, reason: None, by: None, controller: Some(device.id) };
            lock(db, alarm, now)?;
        }
    }
    store::lockouts::tell(db, device)?;
    events.into_iter().try_for_each(|event| log::append(db, event))?;
    let desired = device.machines.iter().map(|machine| desired(db, device, *machine));
    Ok(Greeting { desired: desired.collect::<Result<_>>()?, ignored: machines.ignored })
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
