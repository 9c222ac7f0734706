//! A machine breaks, is looked after, comes back.

use serde_json::json;

use super::{
    affected::Hurt,
    claims,
    model::{Machine, Outage, State},
    store,
};
use crate::{
    journal,
    kernel::{Error, Instant, MemberId, Period, Result},
    lab::Scope,
    store::Db,
};

/// What is said about a machine.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its new state.
    pub state: State,
    /// Why.
    pub reason: String,
    /// The expected end, if somebody dares to say.
    pub until: Option<Instant>,
    /// Who says so.
    pub by: MemberId,
}

/// Changes the state; answers the machine and everything ahead that this hurts.
///
/// # Errors
/// A field error when the expected end has passed already.
pub fn change_state(db: &mut Db, key: &str, said: &Said, now: Instant) -> Result<(Machine, Hurt)> {
    if said.until.is_some_and(|until| until <= now) {
        return Err(Error::field("until", "in_past"));
    }
    let mut machine = store::get_to_change(db, key)?;
    machine.outage = (said.state != State::InService).then(|| Outage {
        state: said.state,
        reason: said.reason.clone(),
        by: Some(said.by),
        since: now,
        until: said.until,
    });
    machine.version += 1;
    store::update(db, &machine)?;
    claims::touch(db, machine.id)?;
    let state: &'static str = said.state.into();
    journal::note(
        db,
        journal::Entry {
            at: now,
            actor: Some(said.by),
            action: "machine_state_changed",
            subject_kind: "machine",
            subject: machine.id.uuid(),
            reason: Some(said.reason.clone()),
            details: json!({ "slug": machine.slug, "state": state, "until": said.until }),
        },
    )?;
    let hurt = match machine.outage.as_ref().and_then(|outage| hurt_by(outage, now)) {
        Some(period) => Hurt::by(db, Scope::Machine(machine.id), period, now)?,
        None => Hurt::default(),
    };
    Ok((machine, hurt))
}

/// From now to the expected end; where nobody dares to say, as far ahead as any machine can be booked.
fn hurt_by(outage: &Outage, now: Instant) -> Option<Period> {
    Period::new(now, outage.until.unwrap_or(now + chrono::TimeDelta::days(1000)))
}
