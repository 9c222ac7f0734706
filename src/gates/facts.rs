//! Who reads what from which room, in a fixed order of locks: member, workshop, machine.

use super::model::{Facts, Proposal};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Refusal, Result, Value},
    lab,
    machines::{self, Machine, claims},
    people,
    store::{Db, Row, lock},
    training,
};

/// No machine can be booked for longer than this, by a CHECK of the table; longer proposals are refused unread, so
/// that a period of a thousand years costs nothing.
const LONGEST_MINUTES: i64 = 10_080;

/// Whether the caller is going to write what the review accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Only to tell.
    Tell,
    /// To book: takes the locks that make the facts stay true until the commit.
    Book,
}

/// Gathers what the gates look at.
///
/// # Errors
/// `not_found` when there is no such member; `too_long` at once for a period beyond any machine's rules.
pub fn gather(
    db: &mut Db,
    proposal: &Proposal,
    (machine, member): (Machine, MemberId),
    purpose: Purpose,
    now: Instant,
) -> Result<Facts> {
    let period = proposal.period;
    if period.minutes() > LONGEST_MINUTES {
        let most = Value::Minutes(machine.rules.max_minutes.into());
        return Err(Refusal::new(Code::TooLong).with("max_minutes", most).into());
    }
    if purpose == Purpose::Book {
        lock(db, Row::Member, member.uuid())?;
    }
    let timetable = lab::timetable(db)?;
    let zone = timetable.lab.zone;
    let from = zone.day_of(period.start()).date;
    let standing = people::standing(db, member, from)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let own = claims::ahead(db, member, zone.week_of(period.start()).start().min(now))?;
    let workshop = machines::store::get_workshop_by_id(db, machine.workshop)?;
    let in_workshop = match (machine.rules.unattended, purpose) {
        (true, _) => Vec::new(),
        (false, Purpose::Book) => claims::in_workshop_locked(db, workshop.id, period)?,
        (false, Purpose::Tell) => claims::in_workshop(db, workshop.id, period)?,
    };
    let on_machine = claims::on_machine(db, machine.id, machine.hold(period))?;
    let required = training::required_by(db, machine.id)?;
    let ids: Vec<_> = required.iter().map(|training| training.id).collect();
    let certifications = if ids.is_empty() { Vec::new() } else { training::held(db, member, &ids)? };
    Ok(Facts {
        timetable,
        machine,
        workshop,
        on_machine,
        in_workshop,
        standing,
        own,
        required,
        certifications,
    })
}
