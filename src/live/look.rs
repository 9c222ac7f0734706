//! What the database says now, in a constant number of statements.

use anyhow::Context;
use serde::Serialize;

use super::{
    model::{About, CalendarEvent, PowerEvent},
    store,
};
use crate::{
    access::standing::{self, Scene},
    kernel::{Instant, Result},
    power::PowerState,
    store::Db,
};

/// Everything there is to tell.
pub fn look(db: &mut Db, now: Instant) -> Result<Vec<(About, String)>> {
    let mut all = Vec::new();
    if let Some(version) = store::lab(db)? {
        all.push((About::Calendars, line(&CalendarEvent { machine: None, version: version.to_string() })?));
    }
    for (machine, edited, held) in store::machines(db)? {
        let event = CalendarEvent { machine: Some(machine.clone()), version: format!("{edited}.{held}") };
        all.push((About::Calendar(machine), line(&event)?));
    }
    for (scene, state) in standing::everywhere(db, now)? {
        let event = power(&scene, state);
        all.push((About::Power(scene.machine.slug), line(&event)?));
    }
    Ok(all)
}

fn power(scene: &Scene, state: PowerState) -> PowerEvent {
    PowerEvent {
        machine: scene.machine.slug.clone(),
        state: state.word(),
        lockout: scene.barred(state),
        until: scene.session.as_ref().map(|session| session.until),
        reserved_at: if let PowerState::Reserved(at) = state { Some(at) } else { None },
    }
}

fn line(event: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(event).context("write an event")?)
}
