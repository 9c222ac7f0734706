//! Lock a machine out, and take that back.

use serde_json::json;

use super::{
    finish::{End, finish},
    lockout::Lockout,
    session::EndReason,
    store,
};
use crate::{
    journal,
    kernel::{Code, ControllerId, Error, Instant, LockoutId, MachineId, MemberId, Result},
    power::{
        self, Intent, LockClass,
        log::{self, Event},
    },
    store::{Db, Row, lock as hold},
};

/// The log is told so many different words of one lockout, at most.
const WORDS: usize = 10;

/// "It smells burnt."
#[derive(Debug, Clone)]
pub struct Alarm {
    /// The machine.
    pub machine: MachineId,
    /// What kind of trouble.
    pub class: LockClass,
    /// In words, if somebody says.
    pub reason: Option<String>,
    /// Who says so, where that is known.
    pub by: Option<MemberId>,
    /// At which controller.
    pub controller: Option<ControllerId>,
}

/// Locks a machine out, and ends the session that runs on it. Trouble of a kind that is known already stays as it was
/// told first, and the log says it again only in other words; of another kind, it is a lockout of its own.
pub fn lock(db: &mut Db, alarm: Alarm, now: Instant) -> Result<Lockout> {
    let Alarm { machine, class, reason, by, controller } = alarm;
    // Whoever shows a badge at this moment is on already, or finds the lockout.
    hold(db, Row::Machine, machine.uuid())?;
    let new =
        Lockout { id: LockoutId::new(), machine, class, reason, by, controller, at: now, cleared_at: None };
    let (first, told) = (store::lockouts::insert(db, &new)?, new.reason.clone());
    let known = store::lockouts::open_on(db, machine)?.into_iter().find(|known| known.class == class);
    let lockout = known.unwrap_or(new);
    let news = is_news(db, lockout.id, (first, told.as_deref()))?;
    if let Some(controller) = controller {
        store::lockouts::hold(db, controller, &[lockout.id])?;
    }
    let word: &'static str = class.into();
    let event = Event {
        at: now,
        kind: "locked_out",
        machine: Some(machine),
        session: None,
        controller,
        member: by,
        data: json!({ "lockout": lockout.id, "class": word, "first": first, "reason": told }),
    };
    match store::sessions::open_on(db, machine)? {
        Some(session) => {
            let emergency = class == LockClass::Emergency;
            let reason = if emergency { EndReason::Emergency } else { EndReason::Lockout };
            finish(db, &session, End { at: now, reason, by }, now)?;
        }
        None => power::intend(db, machine, Intent { on: false, until: None, session: None }, now)?,
    }
    if news {
        log::append(db, event)?;
    }
    Ok(lockout)
}

/// Whether the log is to say it: the first word of a lockout, and other words than before, but not without end.
fn is_news(db: &mut Db, lockout: LockoutId, (first, told): (bool, Option<&str>)) -> Result<bool> {
    let mut words = store::lockouts::words(db, lockout)?;
    let new = told.filter(|told| words.len() < WORDS && words.iter().all(|known| known != told));
    if let Some(told) = new {
        words.push(told.to_owned());
        store::lockouts::put_words(db, lockout, &words)?;
    }
    Ok(first || new.is_some())
}

/// Takes the first lockout of a machine back; others that were told of meanwhile hold on.
///
/// # Errors
/// `not_found` when it is not locked out.
pub fn unlock(db: &mut Db, machine: MachineId, by: MemberId, reason: &str, now: Instant) -> Result<()> {
    let lockout = store::lockouts::open_on(db, machine)?.into_iter().next();
    let lockout = lockout.ok_or_else(|| Error::refused(Code::NotFound))?;
    if !store::lockouts::clear(db, lockout.id, by, reason, now)? {
        return Err(Error::refused(Code::NotFound));
    }
    let class: &'static str = lockout.class.into();
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action: "machine_unlocked",
        subject_kind: "machine",
        subject: machine.uuid(),
        reason: Some(reason.to_owned()),
        details: json!({ "class": class }),
    };
    journal::note(db, entry)?;
    let event = Event {
        at: now,
        kind: "unlocked",
        machine: Some(machine),
        session: None,
        controller: None,
        member: Some(by),
        data: json!({ "lockout": lockout.id }),
    };
    log::append(db, event)
}
