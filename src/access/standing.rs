//! What is going on at a machine, in the words of [`PowerState`].

use chrono::TimeDelta;

use super::store;
pub use super::store::scenes::Scene;
use crate::{
    kernel::{Code, Error, Instant, Period, Result},
    machines::claims::{self, Kind},
    power::{self, Facts, PowerState},
    store::Db,
};

/// So long before a reservation its machine is shown as kept for it.
const AHEAD: TimeDelta = TimeDelta::minutes(15);

/// What stands at a machine, and the word for it.
pub fn at(db: &mut Db, key: &str, now: Instant) -> Result<(Scene, PowerState)> {
    let scene = store::scenes::at(db, key)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let machine = scene.machine.id;
    let (intended, observed) = (power::intended(db, machine)?, power::observed(db, machine)?);
    let facts = Facts {
        lock: scene.lockout.as_ref().map(|lockout| lockout.class),
        session: scene.session.as_ref().map(|session| session.id),
        reserved: reserved(db, &scene, now)?,
        ..Facts::of(intended.as_ref(), observed.as_ref(), now)
    };
    Ok((scene, PowerState::of(&facts)))
}

fn reserved(db: &mut Db, scene: &Scene, now: Instant) -> Result<Option<Instant>> {
    let Some(soon) = Period::starting(now, AHEAD) else { return Ok(None) };
    let claims = claims::on_machine(db, scene.machine.id, soon)?;
    let next = claims.iter().find(|claim| claim.kind == Kind::Reservation && claim.period.end() > now);
    Ok(next.map(|claim| claim.period.start()))
}
