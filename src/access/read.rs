//! Read power sessions: what is on now, and what a member had on.

use chrono::TimeDelta;

use super::{session::PowerSession, store};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Page, PageRequest, PowerSessionId, Result},
    machines::{self, MachineName},
    store::Db,
};

/// Every session that is open.
pub fn open(db: &mut Db) -> Result<Vec<PowerSession>> {
    store::sessions::all_open(db)
}

/// The session of this identifier.
///
/// # Errors
/// `not_found`.
pub fn get(db: &mut Db, id: PowerSessionId) -> Result<PowerSession> {
    store::sessions::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// A page of a member's sessions, the newest first.
pub fn of_member(db: &mut Db, member: MemberId, page: &PageRequest) -> Result<Page<PowerSession>> {
    let found = store::sessions::of_member(db, member, page)?;
    Ok(page.page(found, |session| session.id.to_string()))
}

/// How long a session has lasted.
#[must_use]
pub fn lasted(session: &PowerSession, now: Instant) -> TimeDelta {
    session.ended.map_or(now, |(at, _)| at) - session.started_at
}

/// How long a member had each machine on since an instant, the longest first.
pub fn hours(
    db: &mut Db,
    member: MemberId,
    since: Instant,
    now: Instant,
) -> Result<Vec<(MachineName, TimeDelta)>> {
    let sessions = store::sessions::by_member(db, member, since)?;
    let mut hours: Vec<(MachineName, TimeDelta)> = Vec::new();
    for machine in machines::store::names(db)? {
        let of = sessions.iter().filter(|session| session.machine == machine.id);
        let on: TimeDelta = of.map(|session| lasted(session, now)).sum();
        if on > TimeDelta::zero() {
            hours.push((machine, on));
        }
    }
    hours.sort_by_key(|(machine, on)| (std::cmp::Reverse(*on), machine.slug.clone()));
    Ok(hours)
}
