//! A member switches a machine on without a badge: signed in on the phone, or at a kiosk beside the machine.
//!
//! Only a machine behind a plug: a controller of our own starts nothing that it did not ask for itself. And only where
//! a badge alone would do: from risk class 2 on, somebody shows a card at a reader in front of the machine.

use serde_json::json;

use super::{
    ask::{Said, Who, ask},
    finish::{End, finish},
    scan::supervise,
    session::{EndReason, PowerSession},
    start, store,
};
use crate::{
    kernel::{Code, Error, Instant, MemberId, PowerSessionId, Result},
    power::{
        self,
        log::{self, Event},
    },
    store::Db,
};

/// Begins a session; asking again while it runs is the same session.
///
/// # Errors
/// `not_found`; `badge_needed` where only a reader may start it; every gate that refuses; `machine_in_use` when somebody
/// was quicker.
pub fn switch_on(db: &mut Db, key: &str, member: MemberId, now: Instant) -> Result<PowerSession> {
    let scene = store::scenes::held(db, key)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let machine = scene.machine.id;
    if let Some(own) = scene.session.as_ref().filter(|session| session.member == member) {
        return Ok(own.clone());
    }
    if scene.policy.wants_second_factor() || scene.plug_answers.is_none() {
        return Err(Error::refused(Code::BadgeNeeded));
    }
    let supervised = supervise::needs_nobody(db, &scene, member)?;
    let running = scene.session.as_ref().map(|session| session.member);
    let Said { reservation, lasting, .. } =
        ask(db, &scene, Who { member, proven: true, supervised, running }, now, now)?;
    let lasting = lasting.map_err(Error::Refused)?;
    let session = PowerSession {
        id: PowerSessionId::new(),
        machine,
        member,
        badge: None,
        controller: None,
        reservation,
        supervisor: None,
        started_at: now,
        until: lasting.accepted.period().end(),
        bound: lasting.bound,
        heard_at: now,
        ended: None,
        meter: (power::observed(db, machine)?.map(|seen| seen.watt_hours), None),
    };
    if !start::open(db, &session, now)? {
        return Err(Error::refused(Code::MachineInUse));
    }
    log::append(db, event(&session))?;
    Ok(session)
}

/// Ends the member's own session; one that is over stays as it ended.
///
/// # Errors
/// `not_found` for a session of somebody else.
pub fn switch_off(db: &mut Db, id: PowerSessionId, member: MemberId, now: Instant) -> Result<PowerSession> {
    let own = store::sessions::find(db, id)?.filter(|session| session.member == member);
    let mut session = own.ok_or_else(|| Error::refused(Code::NotFound))?;
    if session.ended.is_none() && finish(db, &session, End::now(EndReason::Button, now), now)? {
        session.ended = Some((now, EndReason::Button));
    }
    Ok(session)
}

fn event(session: &PowerSession) -> Event {
    Event {
        at: session.started_at,
        kind: "session_started",
        machine: Some(session.machine),
        session: Some(session.id),
        controller: None,
        member: Some(session.member),
        data: json!({ "by": "phone", "until": session.until, "reservation": session.reservation }),
    }
}
