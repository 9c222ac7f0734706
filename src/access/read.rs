//! Read power sessions: what is on now, and what a member had on.

use super::{session::PowerSession, store};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Page, PageRequest, PowerSessionId, Result},
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
pub fn lasted(session: &PowerSession, now: Instant) -> chrono::TimeDelta {
    session.ended.map_or(now, |(at, _)| at) - session.started_at
}
