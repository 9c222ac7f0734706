//! What is written down: observations, and events with them.

use serde_json::{Value as Json, json};

use super::hand::Hand;
use crate::{
    app::App,
    kernel::{Instant, MachineId, PowerSessionId, Result},
    power::{
        Observation, log, observe,
        plugs::{Plug, store},
    },
};

/// Keeps what is known of a plug's machine, and what happened if something did.
pub(super) async fn keep(app: &App, hand: &Hand, happened: Option<(&'static str, Json)>, now: Instant) {
    let (machine, session, seen) = (hand.plug.machine, hand.session(), hand.seen());
    let written = app.store.write(move |db| {
        observe(db, machine, seen, now)?;
        match &happened {
            Some((kind, more)) => log::append(db, event(kind, (machine, session), (&seen, more), now)),
            None => Ok(()),
        }
    });
    tell(written.await);
}

fn event(
    kind: &'static str,
    (machine, session): (MachineId, Option<PowerSessionId>),
    (seen, more): (&Observation, &Json),
    now: Instant,
) -> log::Event {
    let data = json!({ "source": "plug", "on": seen.on, "watts": seen.watts, "more": more });
    log::Event { at: now, kind, machine: Some(machine), session, controller: None, member: None, data }
}

/// Keeps what a plug said of its settings.
pub(super) async fn keep_settings(app: &App, plug: &Plug, now: Instant) {
    let (id, settings) = (plug.id, plug.settings.clone());
    tell(app.store.write(move |db| store::keep_settings(db, id, &settings, now)).await);
}

/// Plugs go on being switched while the database cannot write: a stop must not wait for it.
fn tell(written: Result<()>) {
    if let Err(error) = written {
        tracing::error!(?error, "what plugs say cannot be written down");
    }
}
