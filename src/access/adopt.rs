//! What a controller started without the server becomes a session like any other, once the house hears of it.
//!
//! The events that matter: `offline_start` `{machine, tag, until}` and `offline_end` `{machine, reason}`. An event is
//! taken once, so a session is adopted once; which member it was, the tag tells, and only for this controller's key.
//! `session_ended` `{session, reason}` and `late_grant_ignored` `{session}` tell when a session really ended, where the
//! house heard of it only afterwards: an end moves back in time, never on.

use serde::Deserialize;
use serde_json::json;

use super::{
    badge::Badge,
    finish::{End, finish},
    model::{Device, Told},
    session::{EndReason, PowerSession},
    start, store,
};
use crate::{
    kernel::{Instant, PowerSessionId, Result},
    power::{
        log::{self, Event},
        plugs,
    },
    store::Db,
};

#[derive(Deserialize)]
struct Started {
    machine: String,
    tag: String,
    /// Seconds since 1970.
    until: i64,
}

#[derive(Deserialize)]
struct Ended {
    machine: String,
    reason: String,
}

/// An end of a session the house knows.
#[derive(Deserialize)]
struct Over {
    session: PowerSessionId,
    /// Absent where it never began.
    reason: Option<String>,
}

/// Takes what an event tells of sessions; most tell nothing of them.
pub fn adopt(db: &mut Db, device: &Device, told: &Told, now: Instant) -> Result<()> {
    match told.kind.as_str() {
        "offline_start" => match serde_json::from_str::<Started>(&told.details) {
            Ok(started) => begin(db, device, (told, &started), now),
            Err(_) => Ok(()),
        },
        "offline_end" => match serde_json::from_str::<Ended>(&told.details) {
            Ok(ended) => over(db, device, (told, &ended), now),
            Err(_) => Ok(()),
        },
        "session_ended" | "late_grant_ignored" => match serde_json::from_str::<Over>(&told.details) {
            Ok(over) => earlier(db, device, (told, &over), now),
            Err(_) => Ok(()),
        },
        _ => Ok(()),
    }
}

/// The session ended when its own controller says, if that is earlier than the house believes; one whose grant came
/// too late ended as it began.
fn earlier(db: &mut Db, device: &Device, (told, over): (&Told, &Over), now: Instant) -> Result<()> {
    let found = store::sessions::find(db, over.session)?;
    let Some(session) = found.filter(|session| session.controller == Some(device.id)) else { return Ok(()) };
    let at = if over.reason.is_some() { told.at } else { session.started_at };
    if at < session.started_at {
        return Ok(());
    }
    let Some((believed, _)) = session.ended else {
        let reason = over.reason.as_deref().and_then(|reason| reason.parse().ok()).unwrap_or(EndReason::Link);
        return finish(db, &session, End::now(reason, at), now).map(drop);
    };
    if at >= believed {
        return Ok(());
    }
    store::sessions::correct(db, session.id, at)?;
    let event = Event {
        at: now,
        kind: "session_end_corrected",
        machine: Some(session.machine),
        session: Some(session.id),
        controller: Some(device.id),
        member: Some(session.member),
        data: json!({ "from": believed, "to": at }),
    };
    log::append(db, event)
}

/// A session that somebody else has open there, a tag nobody has, another controller's machine: the event stays as it
/// was told, and the log says that no session came of it.
fn begin(db: &mut Db, device: &Device, (told, started): (&Told, &Started), now: Instant) -> Result<()> {
    let session = found(db, device, told, started, now)?;
    let opened = match &session {
        Some(session) => start::open(db, session, now)?,
        None => false,
    };
    let event = Event {
        at: now,
        kind: if opened { "session_adopted" } else { "offline_start_refused" },
        machine: session.as_ref().map(|session| session.machine),
        session: session.as_ref().filter(|_| opened).map(|session| session.id),
        controller: Some(device.id),
        member: session.as_ref().map(|session| session.member),
        data: json!({ "started_at": told.at, "boot": told.boot, "seq": told.seq }),
    };
    log::append(db, event)
}

fn found(
    db: &mut Db,
    device: &Device,
    told: &Told,
    started: &Started,
    now: Instant,
) -> Result<Option<PowerSession>> {
    let scene = store::scenes::held(db, &started.machine)?;
    let Some(scene) = scene.filter(|scene| device.machines.contains(&scene.machine.id)) else {
        return Ok(None);
    };
    // Nothing that a controller tells afterwards switches a plug on.
    if plugs::edit::is_before(db, scene.machine.id)? {
        return Ok(None);
    }
    let Some(badge) = store::lists::tagged(db, device.id, &started.tag)? else { return Ok(None) };
    let Some(Badge { id, member, .. }) = store::badges::find(db, badge)? else { return Ok(None) };
    let longest = told.at + scene.policy.longest();
    let claimed = started.until.checked_mul(1_000_000).and_then(Instant::from_micros).unwrap_or(told.at);
    Ok(Some(PowerSession {
        id: PowerSessionId::new(),
        machine: scene.machine.id,
        member,
        badge: Some(id),
        controller: Some(device.id),
        reservation: None,
        supervisor: None,
        started_at: told.at,
        // A list that was over by then, by the device's own clock: a session of no length.
        until: claimed.min(longest).max(told.at),
        bound: None,
        heard_at: now,
        ended: None,
        meter: (None, None),
    }))
}

fn over(db: &mut Db, device: &Device, (told, ended): (&Told, &Ended), now: Instant) -> Result<()> {
    let Some(scene) = store::scenes::at(db, &ended.machine)? else { return Ok(()) };
    let own = scene.session.filter(|session| session.controller == Some(device.id));
    if let Some(session) = own.filter(|session| session.started_at <= told.at) {
        let reason = ended.reason.parse().unwrap_or(EndReason::Link);
        finish(db, &session, End::now(reason, told.at), now)?;
    }
    Ok(())
}
