//! A session ends: written down once, whoever says so first, and the machine is meant to be off.

use serde_json::{Value as Json, json};

use super::{
    session::{EndReason, PowerSession},
    store,
};
use crate::{
    kernel::{Instant, MemberId, Result},
    power::{
        self, Intent,
        log::{self, Event},
    },
    store::Db,
};

/// How a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: EndReason,
    /// Who did it, if it was not its own member or the house.
    pub by: Option<MemberId>,
}

impl End {
    /// An end now that nobody else brought about.
    #[must_use]
    pub const fn now(reason: EndReason, at: Instant) -> Self {
        Self { at, reason, by: None }
    }
}

/// Ends an open session; answers whether it was this call that did.
pub fn finish(db: &mut Db, session: &PowerSession, end: End, now: Instant) -> Result<bool> {
    let meter = power::observed(db, session.machine)?.map(|seen| seen.watt_hours);
    if !store::sessions::end(db, session.id, (end.at, end.reason), meter)? {
        return Ok(false);
    }
    let off = Intent { on: false, until: None, session: Some(session.id) };
    power::intend(db, session.machine, off, now)?;
    let reason: &'static str = end.reason.into();
    let event = Event {
        at: now,
        kind: "session_ended",
        machine: Some(session.machine),
        session: Some(session.id),
        controller: session.controller,
        member: end.by.or(Some(session.member)),
        data: json!({ "reason": reason, "ended_at": end.at }),
    };
    log::append(db, event)?;
    Ok(true)
}

/// Writes that a session ended earlier than the house believed.
pub fn correct(
    db: &mut Db,
    session: &PowerSession,
    (believed, at): (Instant, Instant),
    now: Instant,
) -> Result<()> {
    let reason = session.ended.map_or(EndReason::Link, |(_, reason)| reason);
    store::sessions::end_again(db, session.id, (at, reason))?;
    let data = json!({ "from": believed, "to": at });
    log::append(db, line("session_end_corrected", session, data, now))
}

/// A line of the log about a session.
pub fn line(kind: &'static str, of: &PowerSession, data: Json, now: Instant) -> Event {
    let (machine, session, member) = (Some(of.machine), Some(of.id), Some(of.member));
    Event { at: now, kind, machine, session, controller: of.controller, member, data }
}
