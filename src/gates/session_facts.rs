//! Who reads what before a training session or a seat in it is reviewed, in the fixed order of locks: members,
//! workshops, machines, the session, the lab.

use std::{collections::BTreeSet, sync::Arc};

use super::session::{Place, SeatFacts, SessionFacts, SessionProposal, review_seat};
use crate::{
    kernel::{Code, Error, Instant, MachineId, MemberId, Period, Result, TrainingSessionId},
    lab::{self, Timetable},
    machines::{self, Machine, claims},
    people::{self, Contact, Standing},
    store::{Db, Row, lock},
    training::{self, Session, rules::Candidate, store as rows},
};

/// Everything that is locked before a session is looked at.
#[derive(Debug, Clone, Default)]
pub struct Still {
    /// Whoever teaches, sits, waits or asks.
    pub members: Vec<MemberId>,
    /// The machines that are used.
    pub machines: Vec<MachineId>,
    /// The session, if there is one already.
    pub session: Option<TrainingSessionId>,
}

impl Still {
    /// Takes the locks under which what is read next stays true until the commit: whoever books for these members, fills
    /// these workshops, breaks these machines or closes the lab waits, or was first and is seen.
    pub fn hold(self, db: &mut Db) -> Result<()> {
        if !db.shares_writing() {
            return Ok(());
        }
        let members: BTreeSet<MemberId> = self.members.into_iter().collect();
        let ids: BTreeSet<MachineId> = self.machines.into_iter().collect();
        let mut workshops = BTreeSet::new();
        for id in &ids {
            workshops.insert(machines::get_by_id(db, *id)?.workshop);
        }
        for member in members {
            lock(db, Row::Member, member.uuid())?;
        }
        for workshop in workshops {
            lock(db, Row::Workshop, workshop.uuid())?;
        }
        for machine in ids {
            lock(db, Row::Machine, machine.uuid())?;
        }
        if let Some(session) = self.session {
            lock(db, Row::TrainingSession, session.uuid())?;
        }
        let lab = lab::get(db)?.id;
        lock(db, Row::Lab, lab.uuid())
    }
}

/// Gathers what the gates look at before a session is held; what they accept stays true until the commit where the
/// caller holds [`Still`].
pub fn gather_session(
    db: &mut Db,
    proposal: &SessionProposal,
    (machines, trainer): (&[MachineId], MemberId),
    now: Instant,
) -> Result<SessionFacts> {
    let period = proposal.period;
    let mut ids = machines.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let mut places = Vec::with_capacity(ids.len());
    for id in ids {
        let machine = machines::get_by_id(db, id)?;
        let workshop = machines::store::get_workshop_by_id(db, machine.workshop)?;
        let in_workshop = claims::in_workshop(db, machine.workshop, machine.hold(period))?;
        places.push(Place { machine, workshop, in_workshop });
    }
    let own = claims::ahead(db, trainer, period.start().min(now))?;
    let engagements = training::engaged(db, trainer, period)?;
    Ok(SessionFacts { timetable: lab::timetable(db)?, places, own, engagements })
}

/// Which of these sessions would give this member a seat, or a place in the waiting list, in a constant number of
/// statements.
pub fn takeable(
    db: &mut Db,
    sessions: &[Session],
    member: MemberId,
    now: Instant,
) -> Result<Vec<TrainingSessionId>> {
    let ids: Vec<TrainingSessionId> = sessions.iter().map(|session| session.id).collect();
    let first = sessions.iter().map(|session| session.period.start()).min();
    let last = sessions.iter().map(|session| session.period.end()).max();
    let Some(within) = first.zip(last).and_then(|(first, last)| Period::new(first, last)) else {
        return Ok(Vec::new());
    };
    let timetable = lab::timetable(db)?;
    let today = timetable.lab.zone.day_of(now).date;
    let standing = people::standing(db, member, today)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let sits = rows::enrolments::live_among(db, &ids, member)?;
    let (own, all) = (claims::ahead(db, member, within.start())?, machines::list(db, None)?);
    let engagements = training::engaged(db, member, within)?;
    let of_sessions = rows::sessions::machines(db, &ids)?;
    let uses = |session: TrainingSessionId, machine: &Machine| {
        of_sessions.iter().any(|(of, name)| *of == session && name.id == machine.id)
    };
    let may = |session: &&Session| {
        let facts = SeatFacts {
            timetable: Arc::clone(&timetable),
            session: (*session).clone(),
            machines: all.iter().filter(|machine| uses(session.id, machine)).cloned().collect(),
            candidate: candidate(&standing, sits.contains(&session.id)),
            own: own.clone(),
            engagements: engagements.clone(),
        };
        review_seat(&facts, now).is_ok()
    };
    Ok(sessions.iter().filter(may).map(|session| session.id).collect())
}

fn candidate(standing: &Standing, enrolled: bool) -> Candidate {
    let suspension = standing.suspension.as_ref();
    Candidate {
        email_confirmed: standing.email_confirmed,
        suspended: suspension.map(|suspension| (suspension.until, suspension.reason.clone())),
        enrolled,
    }
}

/// Gathers what the gates look at before somebody takes a seat; with how to speak to them.
///
/// # Errors
/// `not_found` when there is no such member.
pub fn gather_seat(db: &mut Db, session: Session, member: MemberId) -> Result<(Contact, SeatFacts)> {
    let timetable: Arc<Timetable> = lab::timetable(db)?;
    let day = timetable.lab.zone.day_of(session.period.start()).date;
    let standing = people::standing(db, member, day)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let candidate = candidate(&standing, rows::enrolments::live(db, session.id, member)?.is_some());
    let mut machines = Vec::new();
    for id in rows::sessions::machines_of(db, session.id)? {
        machines.push(machines::get_by_id(db, id)?);
    }
    let own = claims::ahead(db, member, session.period.start())?;
    let engagements = training::engaged(db, member, session.period)?;
    let facts = SeatFacts { timetable, session, machines, candidate, own, engagements };
    Ok((standing.contact, facts))
}
