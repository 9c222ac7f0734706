//! A running session is asked about again: at every heartbeat, and by a timer for machines whose controller is silent.
//!
//! A reservation that was made longer, moved or cancelled, a certification that was revoked, a lockout, closing time:
//! all are found here, because the rule book is asked the same question as at the start.

use serde_json::json;
use uuid::Uuid;

use super::{
    ask::{Who, ask},
    badges,
    finish::{End, finish},
    session::{EndReason, PowerSession},
    store, watch,
};
use crate::{
    kernel::{Code, Error, Instant, PowerSessionId, Refusal, Result},
    people::Contact,
    power::{
        self, Intent,
        log::{self, Event},
    },
    store::Db,
};

/// What became of a session.
#[derive(Debug, Clone)]
pub struct Renewed {
    /// The session as it is now.
    pub session: PowerSession,
    /// Whose it is.
    pub contact: Contact,
    /// Why it ended, where a gate did not pass any more.
    pub refusals: Vec<Refusal>,
}

/// Renews the lease of an open session, or ends it; `heard` when its controller speaks.
pub fn renew(db: &mut Db, mut session: PowerSession, heard: bool, now: Instant) -> Result<Renewed> {
    let scene = store::scenes::at(db, &session.machine.to_string())?;
    let scene = scene.ok_or_else(|| Error::refused(Code::NotFound))?;
    let who = Who { member: session.member, proven: true, supervised: true, running: Some(session.member) };
    let said = ask(db, &scene, who, session.started_at, now)?;
    let badge = badges::of_session(db, session.badge)?;
    let worn = badges::opens(badge.as_ref(), now);
    // What has reached its end is over, whatever was booked since: to go on is to switch on anew.
    let over = session.until <= now;
    let lasting = match worn.and(said.lasting) {
        Ok(lasting) if !over => lasting,
        said_so => {
            let refusals = said_so.err().unwrap_or_default();
            let session = end(db, session, &refusals, now)?;
            return Ok(Renewed { session, contact: said.contact, refusals });
        }
    };
    let (until, bound) = badges::until(badge.as_ref(), &lasting);
    let moved = until != session.until;
    if heard {
        session.heard_at = now;
    }
    if (moved || heard) && !store::sessions::renew(db, session.id, until, bound, session.heard_at)? {
        // Somebody ended it since it was read: it is not to be meant on again.
        let session = store::sessions::find(db, session.id)?.unwrap_or(session);
        return Ok(Renewed { session, contact: said.contact, refusals: Vec::new() });
    }
    if moved {
        let intent = Intent { on: true, until: Some(until), session: Some(session.id) };
        power::intend(db, session.machine, intent, now)?;
        log::append(db, event(&session, until, now))?;
    }
    (session.until, session.bound) = (until, bound);
    Ok(Renewed { session, contact: said.contact, refusals: Vec::new() })
}

/// The session as it ended; somebody else may have ended it just before.
fn end(db: &mut Db, mut session: PowerSession, refusals: &[Refusal], now: Instant) -> Result<PowerSession> {
    let end = ended(&session, refusals, now);
    if finish(db, &session, end, now)? {
        session.ended = Some((end.at, end.reason));
        return Ok(session);
    }
    Ok(store::sessions::find(db, session.id)?.unwrap_or(session))
}

/// The sessions that are open, to be asked about again.
pub fn open(db: &mut Db, _: Instant) -> Result<Vec<Uuid>> {
    Ok(store::sessions::all_open(db)?.iter().map(|session| session.id.uuid()).collect())
}

/// Asks about one session again, in a transaction of its own: it waits for nobody else's, and nobody for the others'.
/// Behind a plug it is also over when the plug says so.
pub fn one(db: &mut Db, id: Uuid, now: Instant) -> Result<()> {
    let found = store::sessions::find(db, PowerSessionId::from_uuid(id))?;
    let Some(session) = found.filter(|session| session.ended.is_none()) else { return Ok(()) };
    match watch::over(db, &session, now)? {
        Some(reason) => finish(db, &session, End::now(reason, now), now).map(drop),
        None => renew(db, session, false, now).map(drop),
    }
}

/// A session that reached its own end ended there; one that a gate stops ends now.
fn ended(session: &PowerSession, refusals: &[Refusal], now: Instant) -> End {
    match refusals.first() {
        Some(first) if now < session.until => End::now(EndReason::at(Some(first.code)), now),
        Some(_) | None => End::now(EndReason::at(session.bound), session.until.min(now)),
    }
}

fn event(session: &PowerSession, until: Instant, now: Instant) -> Event {
    Event {
        at: now,
        kind: "session_until",
        machine: Some(session.machine),
        session: Some(session.id),
        controller: session.controller,
        member: Some(session.member),
        data: json!({ "from": session.until, "to": until }),
    }
}
