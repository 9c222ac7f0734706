//! A session ends: written down once, whoever says so first, and the machine is meant to be off.

use serde_json::json;

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
