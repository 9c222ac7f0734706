//! Ask the rule book again about sessions that are on the calendar: hours that changed, a machine that broke, a trainer
//! who is one no more. Staff see each with its reasons, and call it off, move it, or give it to somebody else.

use super::schedule::{asked, teaches};
use crate::{
    gates::{session::review_session, session_facts::gather_session},
    kernel::{Code, Instant, Page, PageRequest, Refusal, Result},
    store::Db,
    training::{
        Enrolment, Session,
        store::sessions,
        view::{self, SessionView},
    },
};

/// A session ahead that would not be put on the calendar like this today.
#[derive(Debug, Clone)]
pub struct Hurt {
    /// The session.
    pub view: SessionView,
    /// Who sits and who waits.
    pub roster: Vec<(Enrolment, String)>,
    /// Why.
    pub refusals: Vec<Refusal>,
}

/// A page of sessions ahead is asked again; those that pass are left out, so a page may be short.
pub fn reask(db: &mut Db, page: &PageRequest, now: Instant) -> Result<Page<Hurt>> {
    let ahead = page.page(sessions::list(db, None, now, page)?, sessions::key);
    let mut items = Vec::new();
    for session in ahead.items {
        let refusals = refusals(db, &session, now)?;
        if !refusals.is_empty() {
            let roster = view::roster(db, &session)?;
            items.push(Hurt { view: view::session(db, session)?, roster, refusals });
        }
    }
    Ok(Page { items, next: ahead.next })
}

/// Everything that speaks against a session as it stands.
pub fn refusals(db: &mut Db, session: &Session, now: Instant) -> Result<Vec<Refusal>> {
    let asked = asked(session);
    let machines = sessions::machines_of(db, session.id)?;
    let facts = gather_session(db, &asked, (&machines, session.trainer), now)?;
    let mut refusals = review_session(&asked, &facts).err().unwrap_or_default();
    if !teaches(db, session.training, session.trainer)? {
        refusals.push(Refusal::new(Code::TrainerMissing));
    }
    Ok(refusals)
}
