//! Reservations that a change hurts: staff see them and decide to keep or cancel each.

use serde::Serialize;

use super::affected_sessions::{AffectedSession, sessions_meeting};
pub use super::store::affected::ahead;
use crate::{
    kernel::{Instant, MachineId, MemberId, Period, ReservationId, Result, WorkshopId, spans},
    lab::{Scope, Timetable, rules::usable},
    store::Db,
};

/// A future reservation that would not be made like this any more.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Affected {
    /// Cancel it at `/reservations/{id}/cancellation`, or leave it.
    pub reservation: ReservationId,
    /// Identifier of the machine.
    pub machine_id: MachineId,
    /// Readable name of the machine.
    pub machine: String,
    /// Who booked.
    pub member_id: Option<MemberId>,
    /// How they are called.
    pub member: Option<String>,
    /// From when.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    #[serde(skip)]
    pub(super) workshop: WorkshopId,
    #[serde(skip)]
    pub(super) unattended: bool,
}

impl Affected {
    /// When it would take place.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        Period::new(self.starts_at, self.ends_at)
    }

    /// How well the hours hold it: not at all, without staff, with staff. A machine that runs alone need only be
    /// started in them.
    #[must_use]
    pub(super) fn held_by(&self, timetable: &Timetable) -> Option<Presence> {
        let period = self.period()?;
        let open = timetable.open(period, self.workshop, self.machine_id);
        let inside = |spans: &[Period]| {
            if self.unattended {
                spans.iter().any(|span| span.has(period.start()))
            } else {
                spans::cover(spans, period)
            }
        };
        if inside(&usable(&open, false)) {
            Some(Presence::Staffed)
        } else {
            inside(&usable(&open, true)).then_some(Presence::Unstaffed)
        }
    }
}

/// Everything ahead that a change hurts.
#[derive(Debug, Clone, Default)]
pub struct Hurt {
    /// What members booked.
    pub reservations: Vec<Affected>,
    /// Trainings.
    pub sessions: Vec<AffectedSession>,
}

impl Hurt {
    /// What a closure or an outage of this scope hurts.
    pub fn by(db: &mut Db, scope: Scope, period: Period, now: Instant) -> Result<Self> {
        let reservations = meeting(db, scope, period, now)?;
        Ok(Self { reservations, sessions: sessions_meeting(db, scope, period, now)? })
    }
}

/// Whether somebody of the staff is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Presence {
    /// Open to members whose plan includes unstaffed hours.
    Unstaffed,
    /// Open to all.
    Staffed,
}

/// Reservations ahead that meet a period in a scope: what a closure or an outage hurts.
pub fn meeting(db: &mut Db, scope: Scope, period: Period, now: Instant) -> Result<Vec<Affected>> {
    let mut hurt = ahead(db, now.max(period.start()))?;
    hurt.retain(|one| {
        let meant = match scope {
            Scope::Lab => true,
            Scope::Workshop(id) => one.workshop == id,
            Scope::Machine(id) => one.machine_id == id,
        };
        meant && one.period().is_some_and(|taken| taken.overlaps(period))
    });
    Ok(hurt)
}

/// Reservations ahead of one member on some machines: what losing a certification hurts.
pub fn ahead_of_member(
    db: &mut Db,
    member: MemberId,
    machines: &[MachineId],
    from: Instant,
) -> Result<Vec<Affected>> {
    let mut hurt = ahead(db, from)?;
    hurt.retain(|one| one.member_id == Some(member) && machines.contains(&one.machine_id));
    Ok(hurt)
}
