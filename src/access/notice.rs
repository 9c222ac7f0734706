//! A controller tells what its relays do. What it sees of its own machines is taken in, and where that is not what
//! should be, it is an event.
//!
//! Nothing is taken in of machines that are not its own, of those that a plug switches (whoever only reads badges there
//! does not know), and of those that run by another controller.

use chrono::TimeDelta;
use serde_json::json;

use super::{hello::Seen, model::Device, session::PowerSession, store};
use crate::{
    kernel::{Instant, MachineId, Result},
    machines,
    power::{self, Fault, Intended, Observation, Source, log::Event, plugs, rules::SILENT},
    store::Db,
};

/// Who measures a machine speaks of it every ten seconds: what was measured is true for so long.
const MEASURED: TimeDelta = TimeDelta::seconds(25);

/// What a controller last said of its relay at a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Output {
    /// Whether it is closed.
    pub on: bool,
    /// What is wrong with that.
    pub amiss: Option<Fault>,
    /// Since when it is so.
    pub at: Instant,
}

/// The machines that one frame speaks of.
#[derive(Debug)]
pub struct Machines {
    own: Vec<(MachineId, String)>,
    /// The words in it that name no machine of the controller's: nothing is done about them, and it is told so.
    pub ignored: Vec<String>,
}

impl Machines {
    /// Those of this controller.
    pub fn of(db: &mut Db, device: &Device) -> Result<Self> {
        Ok(Self { own: machines::store::slugs(db, &device.machines)?, ignored: Vec::new() })
    }

    /// The controller's own machine of this slug or identifier.
    pub fn own(&mut self, key: &str) -> Option<MachineId> {
        let named = |(id, slug): &&(MachineId, String)| slug == key || key.parse() == Ok(*id);
        let found = self.own.iter().find(named).map(|(id, _)| *id);
        if found.is_none() && !self.ignored.iter().any(|known| known == key) {
            self.ignored.push(key.to_owned());
            metrics::counter!("etabli_controller_machines_ignored_total").increment(1);
        }
        found
    }

    /// The relays of its own machines.
    pub fn relays(&mut self, outputs: &[Seen]) -> Vec<Relay> {
        let own = outputs.iter().filter_map(|seen| Some((self.own(&seen.machine)?, seen.on)));
        own.map(|(machine, on)| Relay { machine, on: Some(on), watts: None, beats: false }).collect()
    }
}

/// What a frame says of one machine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Relay {
    /// Which.
    pub machine: MachineId,
    /// Whether its relay is closed, if the frame says so.
    pub on: Option<bool>,
    /// What it draws.
    pub watts: Option<f64>,
    /// Whether this is the heartbeat of its own session: then what is not measured is not known.
    pub beats: bool,
}

/// Takes in what a frame says of machines, always in the same order, so that two frames never wait for each other. The
/// events that come of it are to be appended at the end of the transaction: whoever appends makes all others wait.
pub fn notice(db: &mut Db, device: &Device, mut relays: Vec<Relay>, now: Instant) -> Result<Vec<Event>> {
    relays.sort_by_key(|relay| relay.machine);
    let told = relays.into_iter().filter_map(|relay| one(db, device, relay, now).transpose());
    told.collect()
}

fn one(db: &mut Db, device: &Device, relay: Relay, now: Instant) -> Result<Option<Event>> {
    let Relay { machine, on, watts, beats } = relay;
    if plugs::edit::is_before(db, machine)? {
        return Ok(None);
    }
    let open = store::sessions::open_on(db, machine)?;
    if let Some(session) = &open
        && session.is_elsewhere(device.id)
    {
        // Its own relay tells nothing of a machine that is on by another one.
        if let Some(on) = on {
            let before = store::outputs::find(db, device.id, machine)?;
            keep(db, (device, machine), before, Output { on, amiss: None, at: now })?;
        }
        return Ok(None);
    }
    let intended = power::intended(db, machine)?;
    let event = match on {
        Some(on) => compare(db, device, (machine, on), (open.as_ref(), intended.as_ref()), now)?,
        None => None,
    };
    let by_another = on == Some(false)
        && open.is_none()
        && store::outputs::is_on_by_another(db, machine, device.id, now - SILENT)?;
    let on = if by_another { Some(true) } else { on };
    if beats || open.is_none() || !is_measured(db, machine, on, now)? {
        let seen = Observation { source: Source::Native, online: true, on, watts, fault: None };
        power::observe(db, machine, seen, now)?;
    }
    Ok(event)
}

/// Whether the heartbeats of its own session tell more of a machine than a frame that only names its relay.
fn is_measured(db: &mut Db, machine: MachineId, on: Option<bool>, now: Instant) -> Result<bool> {
    let known = power::observed(db, machine)?.filter(|known| known.on == on && known.watts.is_some());
    Ok(known.is_some_and(|known| now < known.seen_at + MEASURED))
}

/// What is, against what should be: what is amiss is an event when it begins, however often it is repeated.
fn compare(
    db: &mut Db,
    device: &Device,
    (machine, on): (MachineId, bool),
    (open, intended): (Option<&PowerSession>, Option<&Intended>),
    now: Instant,
) -> Result<Option<Event>> {
    let amiss = power::rules::amiss(intended, on, now);
    let before = store::outputs::find(db, device.id, machine)?;
    // What was amiss before the last word about the machine was amiss with another one.
    let before = before.filter(|known| intended.is_none_or(|said| known.at >= said.changed_at(now)));
    keep(db, (device, machine), before, Output { on, amiss, at: now })?;
    let news = amiss.filter(|amiss| before.and_then(|known| known.amiss) != Some(*amiss));
    let kind = news.and_then(|fault| match fault {
        Fault::OnWithoutSession => Some("on_without_session"),
        Fault::OffInSession => Some("off_in_session"),
        Fault::NoAnswer | Fault::Device => None,
    });
    Ok(kind.map(|kind| Event {
        at: now,
        kind,
        machine: Some(machine),
        session: open.map(|session| session.id),
        controller: Some(device.id),
        member: open.map(|session| session.member),
        data: json!({ "source": "native", "on": on }),
    }))
}

fn keep(
    db: &mut Db,
    (device, machine): (&Device, MachineId),
    before: Option<Output>,
    output: Output,
) -> Result<()> {
    let same = before.is_some_and(|known| (known.on, known.amiss) == (output.on, output.amiss));
    if same { Ok(()) } else { store::outputs::keep(db, device.id, machine, &output) }
}
