//! What booking systems cannot know: hours really on against hours booked, by week; hours since the last service.

use chrono::{NaiveDate, TimeDelta};
use serde_json::json;

use super::{session::PowerSession, store};
use crate::{
    journal,
    kernel::{Id, Instant, MachineId, MemberId, Period, Result, Zone},
    lab, machines, reservations,
    store::Db,
};

/// One week of one machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Its Monday, in the lab's zone.
    pub starts_on: NaiveDate,
    /// Time it was on for somebody.
    pub on: TimeDelta,
    /// Time it was booked, and not given back.
    pub booked: TimeDelta,
    /// How often it was switched on.
    pub sessions: u32,
}

/// How far a machine is from its next service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upkeep {
    /// The last one; nothing where there was none.
    pub last_at: Option<Instant>,
    /// Time it was on since.
    pub on: TimeDelta,
    /// After so many hours it wants to be looked after, if somebody decided so.
    pub after_hours: Option<i32>,
}

impl Upkeep {
    /// Whether it wants to be looked after now.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.after_hours.is_some_and(|hours| self.on >= TimeDelta::hours(hours.into()))
    }
}

/// The weeks before an instant, the last first; the week of the instant is one of them.
pub fn weeks(db: &mut Db, machine: MachineId, count: u32, now: Instant) -> Result<Vec<Week>> {
    let zone = lab::get(db)?.zone;
    let last = zone.week_of(now);
    let earlier = |week: &Period| Some(zone.week_of(week.start() - TimeDelta::hours(1)));
    let count = usize::try_from(count).unwrap_or(1).max(1);
    let weeks: Vec<Period> = std::iter::successors(Some(last), earlier).take(count).collect();
    let first = weeks.last().copied().unwrap_or(last);
    let within = Period::new(first.start(), last.end()).unwrap_or(last);
    let sessions = store::sessions::meeting(db, machine, within)?;
    let on: Vec<Period> = sessions.iter().filter_map(|session| ran(session, now)).collect();
    let booked = reservations::read::held(db, machine, within, now)?;
    Ok(weeks.into_iter().map(|week| counted(week, zone, &on, &booked)).collect())
}

/// How far a machine is from its next service.
pub fn service(db: &mut Db, machine: MachineId, now: Instant) -> Result<Upkeep> {
    let (policy, _) = machines::power_policy(db, machine)?;
    let last_at = store::upkeep::last(db, machine)?;
    let on = store::upkeep::on_since(db, machine, last_at, now)?;
    Ok(Upkeep { last_at, on, after_hours: policy.service_hours })
}

/// Writes down that a machine was looked after: its hours count from zero.
pub fn serviced(
    db: &mut Db,
    machine: MachineId,
    by: MemberId,
    note: Option<&str>,
    now: Instant,
) -> Result<()> {
    store::upkeep::insert(db, Id::new(), (machine, by), note, now)?;
    let entry = journal::Entry {
        at: now,
        actor: Some(by),
        action: "machine_serviced",
        subject_kind: "machine",
        subject: machine.uuid(),
        reason: note.map(ToOwned::to_owned),
        details: json!({}),
    };
    journal::note(db, entry)
}

/// When a session had the machine on, until now if it still does.
#[must_use]
pub fn ran(session: &PowerSession, now: Instant) -> Option<Period> {
    Period::new(session.started_at, session.ended.map_or(now, |(at, _)| at))
}

/// What of the periods lies in a week.
///
/// ```
/// use etabli::{access::usage::counted, kernel::{Instant, Period, Zone}};
/// let at = |text: &str| -> Instant { text.parse().unwrap() };
/// let week = Zone::PARIS.week_of(at("2026-03-04T12:00:00Z"));
/// let night = Period::new(at("2026-03-08T22:00:00Z"), at("2026-03-09T01:00:00Z")).unwrap();
/// let counted = counted(week, Zone::PARIS, &[night], &[]);
/// assert_eq!(counted.starts_on.to_string(), "2026-03-02");
/// assert_eq!((counted.on.num_minutes(), counted.sessions), (60, 1), "one hour of it is Sunday's in Paris");
/// ```
#[must_use]
pub fn counted(week: Period, zone: Zone, on: &[Period], booked: &[Period]) -> Week {
    let inside = |periods: &[Period]| -> TimeDelta {
        periods.iter().filter_map(|period| period.intersection(week)).map(Period::duration).sum()
    };
    let sessions = on.iter().filter(|period| week.has(period.start())).count();
    Week {
        starts_on: zone.day_of(week.start()).date,
        on: inside(on),
        booked: inside(booked),
        sessions: u32::try_from(sessions).unwrap_or(u32::MAX),
    }
}
