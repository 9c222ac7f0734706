//! Training sessions that a change hurts, with those who would learn in them: staff call them off, move them, or leave
//! them.

use serde::Serialize;

pub use super::store::affected_sessions::sessions_ahead;
use crate::{
    kernel::{Instant, MachineId, MemberId, Period, Result, TrainingSessionId, WorkshopId, spans},
    lab::{Scope, Timetable, rules::usable},
    store::Db,
};

/// A training session ahead that would not be held like this any more.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AffectedSession {
    /// Call it off at `/training-sessions/{id}/cancellation`, move it, or leave it.
    pub session: TrainingSessionId,
    /// Readable name of the training.
    pub training: String,
    /// Who teaches.
    pub trainer_id: MemberId,
    /// How they are called.
    pub trainer: String,
    /// From when.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// Readable names of the machines it uses.
    pub machines: Vec<String>,
    /// Who has a seat, and who waits for one, in the order they asked.
    pub learners: Vec<AffectedLearner>,
    #[serde(skip)]
    pub(super) places: Vec<(WorkshopId, MachineId)>,
}

/// Somebody in a session.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AffectedLearner {
    /// Who.
    pub member_id: MemberId,
    /// How they are called.
    pub member: String,
    /// Whether they have no seat, and wait for one.
    pub waits: bool,
}

impl AffectedSession {
    /// When it would take place.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        Period::new(self.starts_at, self.ends_at)
    }

    /// Whether a closure of this scope concerns it: one of the lab always, another where it uses a machine there.
    fn is_in(&self, scope: Scope) -> bool {
        scope == Scope::Lab
            || self.places.iter().any(|(workshop, machine)| scope.touches(*workshop, *machine))
    }

    /// Whether it lies inside the hours, unstaffed ones included.
    fn is_held_by(&self, timetable: &Timetable) -> bool {
        let Some(period) = self.period() else { return false };
        let inside = |(workshop, machine): &(WorkshopId, MachineId)| {
            spans::cover(&usable(&timetable.open(period, *workshop, *machine), true), period)
        };
        if self.places.is_empty() {
            // No closure of a workshop or of a machine is meant by an identifier that nothing has.
            return inside(&(WorkshopId::new(), MachineId::new()));
        }
        self.places.iter().all(inside)
    }
}

/// Sessions ahead that meet a period in a scope: what a closure or an outage hurts.
pub fn sessions_meeting(
    db: &mut Db,
    scope: Scope,
    period: Period,
    now: Instant,
) -> Result<Vec<AffectedSession>> {
    let mut hurt = sessions_ahead(db, now.max(period.start()))?;
    hurt.retain(|one| one.is_in(scope) && one.period().is_some_and(|taught| taught.overlaps(period)));
    Ok(hurt)
}

/// Sessions ahead that lay inside the hours before, and do not afterwards.
pub fn sessions_shut(
    db: &mut Db,
    (before, after): (&Timetable, &Timetable),
    now: Instant,
) -> Result<Vec<AffectedSession>> {
    let mut hurt = sessions_ahead(db, now)?;
    hurt.retain(|one| one.is_held_by(before) && !one.is_held_by(after));
    Ok(hurt)
}
