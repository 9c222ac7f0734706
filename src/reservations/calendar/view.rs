//! Facts become days. Pure.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    kernel::{Instant, LocalDay, Period, Zone},
    lab::{Open, Timetable, rules::usable},
    machines::{
        Machine,
        claims::{Claim, Kind},
        free::Situation,
    },
};

/// The days of one machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachineDaysOut {
    /// Readable name of the machine.
    pub machine: String,
    /// IANA name of the zone whose days these are.
    #[schema(value_type = String, example = "Europe/Paris")]
    pub time_zone: Zone,
    /// One entry for each day asked for.
    pub days: Vec<DayOut>,
}

/// The days of every machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AllDaysOut {
    /// IANA name of the zone whose days these are.
    #[schema(value_type = String, example = "Europe/Paris")]
    pub time_zone: Zone,
    /// One entry for each machine.
    pub machines: Vec<MachineDaysOut>,
}

/// One local day of one machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DayOut {
    /// The date in the lab's zone.
    pub date: NaiveDate,
    /// When the lab is open for this machine.
    pub open: Vec<OpenOut>,
    /// When it is held, clean-up included, or out of service.
    pub busy: Vec<BusyOut>,
    /// Slots of the machine's grid inside opening hours that nobody holds, from now on.
    pub free: Vec<Period>,
}

/// An opening span.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OpenOut {
    starts_at: Instant,
    ends_at: Instant,
    /// Whether a fab manager is present; unstaffed hours are for members whose plan includes them.
    staffed: bool,
}

/// A span in which nobody else can use the machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BusyOut {
    starts_at: Instant,
    ends_at: Instant,
    /// Why.
    kind: BusyKind,
}

/// Why a machine is busy.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BusyKind {
    /// Booked by a member.
    Reservation,
    /// A safety training is given on it.
    TrainingSession,
    /// Booked by a group.
    GroupSession,
    /// Being looked after.
    Maintenance,
    /// Kept for somebody.
    Offer,
    /// Broken, locked or in maintenance.
    OutOfService,
}

/// The days of a machine, from its claims in their order.
#[must_use]
pub fn days(
    timetable: &Timetable,
    machine: &Machine,
    claims: &[&Claim],
    within: Period,
    now: Instant,
) -> MachineDaysOut {
    let zone = timetable.lab.zone;
    let open = timetable.open(within, machine.workshop, machine.id);
    let usable = usable(&open, true);
    let mut held: Vec<(Period, BusyKind)> =
        claims.iter().map(|claim| (claim.hold, busy(claim.kind))).collect();
    let outage = machine.outage.as_ref().and_then(|outage| outage.within(within));
    held.extend(outage.map(|period| (period, BusyKind::OutOfService)));
    let periods: Vec<Period> = held.iter().map(|(period, _)| *period).collect();
    let shut = timetable.closed(within, machine.workshop, machine.id);
    let situation = Situation { machine, open: &usable, held: &periods, shut: &shut, now };
    let days =
        crate::lab::rules::days(zone, within).map(|day| one_day(day, &open, &held, &situation)).collect();
    MachineDaysOut { machine: machine.slug.clone(), time_zone: zone, days }
}

fn one_day(day: LocalDay, open: &[Open], held: &[(Period, BusyKind)], situation: &Situation<'_>) -> DayOut {
    let whole = day.period();
    let open = open.iter().filter_map(|span| Some((span.period.intersection(whole)?, span.staffed)));
    let busy = held.iter().filter_map(|(period, kind)| Some((period.intersection(whole)?, *kind)));
    DayOut {
        date: day.date,
        open: open
            .map(|(period, staffed)| OpenOut { starts_at: period.start(), ends_at: period.end(), staffed })
            .collect(),
        busy: busy
            .map(|(period, kind)| BusyOut { starts_at: period.start(), ends_at: period.end(), kind })
            .collect(),
        free: situation.slots(day),
    }
}

const fn busy(kind: Kind) -> BusyKind {
    match kind {
        Kind::Reservation => BusyKind::Reservation,
        Kind::TrainingSession => BusyKind::TrainingSession,
        Kind::GroupSession => BusyKind::GroupSession,
        Kind::Maintenance => BusyKind::Maintenance,
        Kind::Offer => BusyKind::Offer,
    }
}
