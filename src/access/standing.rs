//! What is going on at a machine, in the words of [`PowerState`].

use chrono::TimeDelta;

use super::store;
pub use super::store::scenes::Scene;
use crate::{
    kernel::{Code, Error, Instant, MachineId, Period, Result},
    machines::{
        State,
        claims::{self, Claim, Kind},
    },
    power::{self, Facts, LockClass, PowerState},
    store::Db,
};

/// So long before a reservation its machine is shown as kept for it.
const AHEAD: TimeDelta = TimeDelta::minutes(15);

impl Scene {
    /// Why nobody may start the machine, in this state: what the word says, else the lockout that holds beside it.
    #[must_use]
    pub fn barred(&self, state: PowerState) -> Option<LockClass> {
        state.lock().or_else(|| self.lockout.as_ref().map(|lockout| lockout.class))
    }
}

/// What stands at a machine, and the word for it.
pub fn at(db: &mut Db, key: &str, now: Instant) -> Result<(Scene, PowerState)> {
    let scene = store::scenes::at(db, key)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let machine = scene.machine.id;
    let (intended, observed) = (power::intended(db, machine)?, power::observed(db, machine)?);
    let reserved = reserved(db, &scene, now)?;
    let state =
        PowerState::of(&facts(&scene, reserved, Facts::of(intended.as_ref(), observed.as_ref(), now), now));
    Ok((scene, state))
}

/// What stands at every machine, in their order; a constant number of statements.
pub fn everywhere(db: &mut Db, now: Instant) -> Result<Vec<(Scene, PowerState)>> {
    let scenes = store::scenes::all(db)?;
    let (intended, observed) = (power::all_intended(db)?, power::all_observed(db)?);
    let ids: Vec<MachineId> = scenes.iter().map(|scene| scene.machine.id).collect();
    let soon = Period::starting(now, AHEAD);
    let claims = soon.map(|soon| claims::on_machines(db, &ids, soon)).transpose()?.unwrap_or_default();
    let told = scenes.into_iter().map(|scene| {
        let machine = scene.machine.id;
        let here = Facts::of(
            intended.iter().find(|intended| intended.machine == machine),
            observed.iter().find(|observed| observed.machine == machine),
            now,
        );
        let next = next(claims.iter().filter(|claim| claim.machine == machine), now);
        let state = PowerState::of(&facts(&scene, next, here, now));
        (scene, state)
    });
    Ok(told.collect())
}

fn facts(scene: &Scene, reserved: Option<Instant>, here: Facts, now: Instant) -> Facts {
    Facts {
        lock: shut(scene, now),
        session: scene.session.as_ref().map(|session| session.id),
        reserved,
        ..here
    }
}

/// Why nobody may start it: locked out, or out of service. What is only to be checked comes after both.
fn shut(scene: &Scene, now: Instant) -> Option<LockClass> {
    let told = scene.lockout.as_ref().map(|lockout| lockout.class);
    let outage = scene.outage.as_ref().filter(|outage| outage.lasts(now));
    let out = outage.map(|outage| match outage.state {
        State::Broken => LockClass::Defect,
        State::InService | State::Maintenance | State::Locked => LockClass::Maintenance,
    });
    told.filter(|class| *class != LockClass::ToCheck).or(out).or(told)
}

fn reserved(db: &mut Db, scene: &Scene, now: Instant) -> Result<Option<Instant>> {
    let Some(soon) = Period::starting(now, AHEAD) else { return Ok(None) };
    Ok(next(claims::on_machine(db, scene.machine.id, soon)?.iter(), now))
}

/// The start of the reservation the machine is kept for.
fn next<'a>(mut claims: impl Iterator<Item = &'a Claim>, now: Instant) -> Option<Instant> {
    let next = claims.find(|claim| claim.kind == Kind::Reservation && claim.period.end() > now);
    next.map(|claim| claim.period.start())
}
