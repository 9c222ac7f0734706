//! A controller speaks of a running session: it goes on, or it ended.

use chrono::TimeDelta;

use super::{
    finish::{End, correct, finish},
    hello::Seen,
    model::Device,
    notice::{Machines, Relay, notice},
    renew::{Renewed, renew},
    session::{EndReason, PowerSession},
    store,
};
use crate::{
    kernel::{Code, Error, Instant, PowerSessionId, Result},
    machines, people,
    power::log,
    store::Db,
};

/// What a controller sees while a session runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Beat {
    /// Its relays.
    pub outputs: Vec<Seen>,
    /// What it draws.
    pub watts: Option<f64>,
    /// For how long it has drawn next to nothing.
    pub idle: Option<TimeDelta>,
}

/// What comes of a heartbeat.
#[derive(Debug, Clone)]
pub struct Beaten {
    /// What became of the session.
    pub renewed: Renewed,
    /// The words in it that name no machine of the controller's: nothing was done about them.
    pub ignored: Vec<String>,
}

/// Renews the lease of a session, or tells that it is over; takes what the controller sees of its other machines too.
///
/// # Errors
/// `not_found` for a session of somebody else's machine.
pub fn heartbeat(
    db: &mut Db,
    device: &Device,
    id: PowerSessionId,
    beat: &Beat,
    now: Instant,
) -> Result<Beaten> {
    let session = own(db, device, id)?;
    let mut machines = Machines::of(db, device)?;
    let mut relays = machines.relays(&beat.outputs);
    match relays.iter_mut().find(|relay| relay.machine == session.machine) {
        Some(relay) => (relay.watts, relay.beats) = (beat.watts, true),
        None => relays.push(Relay { machine: session.machine, on: None, watts: beat.watts, beats: true }),
    }
    let events = notice(db, device, relays, now)?;
    let renewed = gone_on(db, session, beat, now)?;
    events.into_iter().try_for_each(|event| log::append(db, event))?;
    Ok(Beaten { renewed, ignored: machines.ignored })
}

/// What becomes of the session.
fn gone_on(db: &mut Db, session: PowerSession, beat: &Beat, now: Instant) -> Result<Renewed> {
    if session.ended.is_some() {
        return told(db, session);
    }
    let (policy, _) = machines::power_policy(db, session.machine)?;
    let allowed = policy.idle_minutes.map(|minutes| TimeDelta::minutes(minutes.into()));
    if beat.idle.zip(allowed).is_some_and(|(idle, allowed)| idle >= allowed) {
        return ended(db, session, EndReason::Idle, now);
    }
    renew(db, session, true, now)
}

/// A controller says that a session ended, and why. Who says it second is told how it was. When the power failed nobody
/// knows: the session counts until its controller was heard last, however long the lab stood in the dark.
///
/// # Errors
/// `not_found` for a session of somebody else's machine.
pub fn end(
    db: &mut Db,
    device: &Device,
    id: PowerSessionId,
    reason: EndReason,
    now: Instant,
) -> Result<PowerSession> {
    let session = own(db, device, id)?;
    if let Some((believed, because)) = session.ended {
        let at = session.heard_at;
        if reason != EndReason::Power || believed <= at {
            return Ok(session);
        }
        correct(db, &session, (believed, at), now)?;
        return Ok(PowerSession { ended: Some((at, because)), ..session });
    }
    let at = if reason == EndReason::Power { session.heard_at } else { now };
    finish(db, &session, End::now(reason, at), now)?;
    Ok(PowerSession { ended: Some((at, reason)), ..session })
}

fn own(db: &mut Db, device: &Device, id: PowerSessionId) -> Result<PowerSession> {
    let session = store::sessions::find(db, id)?.filter(|session| device.machines.contains(&session.machine));
    session.ok_or_else(|| Error::refused(Code::NotFound))
}

fn ended(db: &mut Db, mut session: PowerSession, reason: EndReason, now: Instant) -> Result<Renewed> {
    finish(db, &session, End::now(reason, now), now)?;
    session.ended = Some((now, reason));
    told(db, session)
}

fn told(db: &mut Db, session: PowerSession) -> Result<Renewed> {
    let contact = people::contact(db, session.member)?;
    Ok(Renewed { session, contact, refusals: Vec::new() })
}
