//! What a controller started without the server becomes a session like any other, once the house hears of it.
//!
//! The events that matter: `offline_start` `{machine, tag, until}` and `offline_end` `{machine, reason}`. An event is
//! taken once, so a session is adopted once; which member it was, the tag tells, and only for this controller's key.
//! `session_ended` `{session, reason}` and `late_grant_ignored` `{session}` tell when a session really ended, where the
//! house heard of it only afterwards: an end moves back in time, never on.

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;

use super::{
    against,
    badge::Badge,
    finish::{End, correct, finish, line},
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

/// A scan reaches the house so long after its controller gave it up, at most.
const LATE: TimeDelta = TimeDelta::seconds(10);

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
        let reason = EndReason::told(over.reason.as_deref());
        return finish(db, &session, End::now(reason, at), now).map(drop);
    };
    if at >= believed {
        return Ok(());
    }
    correct(db, &session, (believed, at), now)
}

/// A tag nobody has, another controller's machine: the event stays as it was told, and the log says that no session came
/// of it. What the house would not have let is kept all the same, and said loudly.
fn begin(db: &mut Db, device: &Device, (told, started): (&Told, &Started), now: Instant) -> Result<()> {
    let session = found(db, device, told, started, now)?;
    let against = session.as_ref().map_or(Ok(Vec::new()), |session| against::found(db, session))?;
    let session = session.map(|session| against::shortened(session, &against, now));
    if let Some(session) = &session {
        place(db, device, session, now)?;
    }
    let event = Event {
        at: now,
        kind: if session.is_some() { "session_adopted" } else { "offline_start_refused" },
        machine: session.as_ref().map(|session| session.machine),
        session: session.as_ref().map(|session| session.id),
        controller: Some(device.id),
        member: session.as_ref().map(|session| session.member),
        data: json!({ "started_at": told.at, "boot": told.boot, "seq": told.seq }),
    };
    log::append(db, event)?;
    session.map_or(Ok(()), |session| against::tell(db, &session, &against, now))
}

/// Finds the session's place among those the house knows.
///
/// Where its own controller was granted one before, nobody heard that answer: that one never began. Where it was granted
/// one since, or another controller has one open, this one ran before it or beside it: it is kept as one that was taken
/// over as it began, until its end is told.
fn place(db: &mut Db, device: &Device, session: &PowerSession, now: Instant) -> Result<()> {
    if let Some(open) = store::sessions::open_on(db, session.machine)?
        && open.controller == Some(device.id)
    {
        let slack = if open.member == session.member { LATE } else { TimeDelta::zero() };
        if open.started_at <= session.started_at + slack {
            let never = End::now(EndReason::Link, open.started_at);
            finish(db, &open, never, now)?;
        }
    }
    if !start::open(db, session, now)? {
        let ended = Some((session.started_at, EndReason::Takeover));
        store::sessions::open(db, &PowerSession { ended, ..session.clone() })?;
    }
    Ok(())
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
    let reason = EndReason::told(Some(&ended.reason));
    let possible = told.at - scene.policy.longest()..=told.at;
    let beside = store::sessions::unended(db, scene.machine.id, device.id)?;
    if let Some(beside) = beside.filter(|beside| possible.contains(&beside.started_at)) {
        store::sessions::end_again(db, beside.id, (told.at, reason))?;
        let reason: &'static str = reason.into();
        let data = json!({ "reason": reason, "ended_at": told.at });
        return log::append(db, line("session_ended", &beside, data, now));
    }
    let own = scene.session.filter(|session| session.controller == Some(device.id));
    match own.filter(|session| session.started_at <= told.at) {
        Some(session) => finish(db, &session, End::now(reason, told.at), now).map(drop),
        None => Ok(()),
    }
}
