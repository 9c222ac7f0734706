//! A session changes while it is still ahead.

use super::{
    promote::promote,
    rules::check_period,
    schedule::{self, asked, may_teach, note},
    still::hold_still,
};
use crate::{
    gates::{
        session::{AcceptedSession, review_session},
        session_facts::gather_session,
    },
    kernel::{
        Code, Error, Exception, FieldError, Instant, MachineId, MemberId, Period, Result, TrainingSessionId,
        Value,
    },
    machines::claims,
    outbox, people,
    store::Db,
    training::{
        EnrolmentState, Session,
        letters::{self, Duty, News},
        scene::Scene,
        store::{enrolments, sessions},
    },
};

/// What changes in a session; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another start; where no end is said, the session keeps its length.
    pub starts_at: Option<Instant>,
    /// Another end.
    pub ends_at: Option<Instant>,
    /// Another place, or none in particular.
    pub place: Option<Option<String>>,
    /// More seats, or fewer.
    pub seats: Option<i32>,
    /// Other machines.
    pub machines: Option<Vec<MachineId>>,
    /// Somebody else who teaches.
    pub trainer: Option<MemberId>,
    /// Gates that staff let pass; what was let pass for one period does not move to another.
    pub exception: Option<Option<Exception>>,
}

/// A session before and after a change, with the machines it uses.
struct Step {
    before: Session,
    after: Session,
    had: Vec<MachineId>,
    uses: Vec<MachineId>,
}

/// Changes a session nobody has begun: more seats go to those who wait, another time or place is told to those it
/// concerns, and its machines are held anew.
///
/// `current` says whether the writer saw the session as it now is.
///
/// # Errors
/// `session_over`; every refusal of the rule book at once that the change runs into.
pub fn reschedule(
    db: &mut Db,
    id: TrainingSessionId,
    change: &Change,
    current: impl Fn(&mut Db, &Session) -> Result<()>,
    (by, now): (MemberId, Instant),
) -> Result<Session> {
    let members: Vec<MemberId> = change.trainer.into_iter().collect();
    let machines = change.machines.clone().unwrap_or_default();
    let before = hold_still(db, id, (&members, &machines))?;
    current(db, &before)?;
    if !before.is_open(now) {
        return Err(Error::refused(Code::SessionOver));
    }
    let had = sessions::machines_of(db, id)?;
    let mut uses = change.machines.clone().unwrap_or_else(|| had.clone());
    uses.sort_unstable();
    uses.dedup();
    let after = applied(&before, change)?;
    if after == before && uses == had {
        return Ok(before);
    }
    let after = Session { version: before.version + 1, ..after };
    let step = Step { before, after, had, uses };
    let accepted = step.check(db, now)?;
    step.hold(db, &accepted)?;
    sessions::update(db, &step.after)?;
    sessions::set_machines(db, id, &step.uses)?;
    step.tell(db, by, now)?;
    promote(db, id, now)?;
    note(db, ("training_session_changed", by), &step.after, &step.uses, now)?;
    sessions::get(db, id)
}

fn applied(before: &Session, change: &Change) -> Result<Session> {
    let starts_at = change.starts_at.unwrap_or_else(|| before.period.start());
    let kept =
        if change.starts_at.is_some() { starts_at + before.period.duration() } else { before.period.end() };
    let period = Period::new(starts_at, change.ends_at.unwrap_or(kept));
    let period = period.ok_or_else(|| Error::refused(Code::InvalidPeriod))?;
    let seats = change.seats.unwrap_or(before.seats);
    if seats < before.taken {
        let values = vec![("taken", Value::Count(before.taken.into()))];
        return Err(Error::Invalid(vec![FieldError { path: "seats".into(), code: "below_taken", values }]));
    }
    let stays = before.exception.clone().filter(|_| period == before.period);
    Ok(Session {
        period,
        place: change.place.clone().unwrap_or_else(|| before.place.clone()),
        seats,
        trainer: change.trainer.unwrap_or(before.trainer),
        exception: change.exception.clone().unwrap_or(stays),
        ..before.clone()
    })
}

impl Step {
    fn moved(&self) -> bool {
        self.after.period != self.before.period
    }

    /// Asks the rule book. What the change does not touch is not held against it: a session that stands on a day closed
    /// since may still get another place.
    fn check(&self, db: &mut Db, now: Instant) -> Result<AcceptedSession> {
        let elsewhere = self.moved() || self.uses != self.had;
        if elsewhere {
            check_period(self.after.period, !self.uses.is_empty(), now)?;
        }
        let another = self.after.trainer != self.before.trainer;
        if another {
            may_teach(db, self.after.training, self.after.trainer)?;
        }
        let mut asked = asked(&self.after);
        if !elsewhere {
            asked.overrides.extend([Code::LabClosed, Code::MachineOutOfService, Code::MachineTaken]);
        }
        if !self.moved() && !another {
            asked.overrides.extend([Code::MemberElsewhere, Code::TrainerBusy]);
        }
        if !elsewhere && self.after.seats <= self.before.seats {
            asked.overrides.push(Code::WorkshopFull);
        }
        let facts = gather_session(db, &asked, (&self.uses, self.after.trainer), now)?;
        review_session(&asked, &facts).map_err(Error::Refused)
    }

    /// Gives up what is used no more, moves what stays, holds what is new; in the order of the machines.
    fn hold(&self, db: &mut Db, accepted: &AcceptedSession) -> Result<()> {
        let id = self.after.id.uuid();
        for machine in self.had.iter().filter(|machine| !self.uses.contains(machine)) {
            claims::release(db, *machine, id)?;
        }
        for claim in accepted.claims() {
            if !self.had.contains(&claim.machine) {
                claims::insert(db, claim)?;
                continue;
            }
            if self.moved() {
                claims::shift(db, claim.machine, id, claim.period, claim.hold)?;
            }
            claims::crowd(db, claim.machine, id, claim.people)?;
        }
        Ok(())
    }

    /// Tells everybody who has a seat of another time or place, who waits of another time, and whoever teaches of what
    /// somebody else did.
    fn tell(&self, db: &mut Db, by: MemberId, now: Instant) -> Result<()> {
        let (was, is) = (self.before.trainer, self.after.trainer);
        if was != is {
            for (duty, trainer) in [(Duty::TakenOver, was), (Duty::Given, is)] {
                schedule::duty(db, &duty, &self.after, trainer, now)?;
            }
        } else if is != by && (self.moved() || self.after.place != self.before.place) {
            schedule::duty(db, &Duty::Changed, &self.after, is, now)?;
        }
        let mut concerned = Vec::new();
        if self.moved() || self.after.place != self.before.place {
            concerned.push(EnrolmentState::Enrolled);
        }
        if self.moved() {
            concerned.push(EnrolmentState::Waiting);
        }
        for state in concerned {
            let scene = Scene::of(db, self.after.id)?;
            for enrolment in enrolments::in_state(db, self.after.id, state)? {
                let contact = people::contact(db, enrolment.member)?;
                outbox::post(db, letters::news(&News::Changed, &contact, &enrolment, &scene), now)?;
            }
        }
        Ok(())
    }
}
