//! Who reads what from which room, in a fixed order of locks: member, workshop, machine.

use super::model::{Facts, Proposal};
use crate::{
    kernel::{Code, Error, Instant, MemberId, Period, Refusal, Result, Value},
    lab,
    machines::{
        self, Machine,
        claims::{self, Claim},
    },
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

/// Gathers what the gates look at; the caller has read the machine in the same transaction.
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
    let machine = if purpose == Purpose::Book { hold_still(db, machine, member)? } else { machine };
    let timetable = lab::timetable(db)?;
    let zone = timetable.lab.zone;
    let from = zone.day_of(period.start()).date;
    let standing = people::standing(db, member, from)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let own = claims::ahead(db, member, zone.week_of(period.start()).start().min(now))?;
    let workshop = machines::store::get_workshop_by_id(db, machine.workshop)?;
    let (on_machine, in_workshop) = claims_around(db, &machine, period)?;
    let engagements = training::engaged(db, member, period)?;
    let required = training::required_by(db, machine.id)?;
    let certifications =
        if required.is_empty() { Vec::new() } else { training::held_for(db, member, machine.id)? };
    Ok(Facts {
        timetable,
        machine,
        workshop,
        on_machine,
        in_workshop,
        standing,
        own,
        engagements,
        required,
        certifications,
        presence: None,
    })
}

/// Claims on the machine, and in its workshop where the use brings somebody there.
fn claims_around(db: &mut Db, machine: &Machine, period: Period) -> Result<(Vec<Claim>, Vec<Claim>)> {
    let hold = machine.hold(period);
    if machine.rules.unattended {
        return Ok((claims::on_machine(db, machine.id, hold)?, Vec::new()));
    }
    let in_workshop = claims::in_workshop(db, machine.workshop, hold)?;
    let on_machine = in_workshop.iter().filter(|claim| claim.machine == machine.id).cloned();
    Ok((on_machine.collect(), in_workshop))
}

/// Takes the locks under which what is read next stays true until the commit: whoever suspends the member, fills the
/// workshop, breaks the machine or closes the lab waits, or was first and is seen. Answers the machine as it is then.
fn hold_still(db: &mut Db, machine: Machine, member: MemberId) -> Result<Machine> {
    if !db.shares_writing() {
        return Ok(machine);
    }
    lock(db, Row::Member, member.uuid())?;
    if !machine.rules.unattended {
        lock(db, Row::Workshop, machine.workshop.uuid())?;
    }
    lock(db, Row::Machine, machine.id.uuid())?;
    machines::get_by_id(db, machine.id)
}
