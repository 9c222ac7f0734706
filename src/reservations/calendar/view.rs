//! Facts become days. Pure.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::mine::{self, Piece};
use crate::{
    gates::Survey,
    kernel::{Code, Instant, LocalDay, Locale, Period, Zone, spans},
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
    /// The machine's grid: starts and ends lie on multiples of this, counted from local midnight. Minutes.
    pub slot_minutes: i32,
    /// One entry for each day asked for.
    pub days: Vec<DayOut>,
}

/// The days of every machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AllDaysOut {
    /// IANA name of the zone whose days these are.
    #[schema(value_type = String, example = "Europe/Paris")]
    pub time_zone: Zone,
    /// One entry for each machine of the page.
    pub machines: Vec<MachineDaysOut>,
    /// Pass it as `after` to read on; absent on the last page.
    pub next: Option<String>,
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
    /// Spans of whole steps of the machine's grid inside opening hours that nobody holds, from now to the horizon; each
    /// step by itself where `slots` is asked for.
    pub free: Vec<FreeOut>,
}

/// A span that nobody holds.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FreeOut {
    starts_at: Instant,
    ends_at: Instant,
    /// Whether the caller may take it; only where somebody is signed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    mine: Option<MineOut>,
}

/// Whether the caller may take a free span, by the rule book.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MineOut {
    /// Whether a booking passes: the machine's shortest, inside the span; with `slots`, one that starts there.
    bookable: bool,
    /// The first gate that refuses.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// Why, in the reader's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The facts of the case, by their names.
    #[serde(flatten)]
    facts: Map<String, Json>,
}

impl FreeOut {
    fn anybody(period: Period) -> Self {
        Self { starts_at: period.start(), ends_at: period.end(), mine: None }
    }

    fn mine(piece: &Piece, locale: Locale) -> Self {
        let refusal = piece.refusal.as_ref();
        let facts = refusal.map(|refusal| refusal.facts.as_slice()).unwrap_or_default();
        let mine = MineOut {
            bookable: refusal.is_none(),
            code: refusal.map(|refusal| refusal.code),
            detail: refusal.map(|refusal| refusal.sentence(locale)),
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect(),
        };
        Self { mine: Some(mine), ..Self::anybody(piece.period) }
    }
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

/// How the days are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// When the lab is open.
    pub timetable: &'a Timetable,
    /// The days.
    pub within: Period,
    /// Each step of the grid by itself.
    pub slots: bool,
    /// The present.
    pub now: Instant,
    /// Who looks, if somebody is signed in.
    pub eyes: Option<Eyes<'a>>,
}

/// The eyes of a member: what the rule book knows of them, and their language.
#[derive(Debug, Clone, Copy)]
pub struct Eyes<'a> {
    /// What the gates look at.
    pub survey: &'a Survey,
    /// In which language reasons are told.
    pub locale: Locale,
}

/// The days of a machine, from its claims in their order.
#[must_use]
pub fn days(look: &Look<'_>, machine: &Machine, claims: &[&Claim]) -> MachineDaysOut {
    let (timetable, within, zone) = (look.timetable, look.within, look.timetable.lab.zone);
    let open = timetable.open(within, machine.workshop, machine.id);
    let usable = usable(&open, true);
    let mut held: Vec<(Period, BusyKind)> =
        claims.iter().map(|claim| (claim.hold, busy(claim.kind))).collect();
    let outage = machine.outage.as_ref().and_then(|outage| outage.within(within));
    held.extend(outage.map(|period| (period, BusyKind::OutOfService)));
    let periods: Vec<Period> = held.iter().map(|(period, _)| *period).collect();
    let shut = timetable.closed(within, machine.workshop, machine.id);
    let horizon = machine.rules.horizon(zone, look.now);
    let situation = Situation { machine, open: &usable, held: &periods, shut: &shut, now: look.now, horizon };
    let mut reader = look.eyes.map(|eyes| (mine::Reading::new(eyes.survey, machine, look.now), eyes.locale));
    let mut free = |day: LocalDay| {
        let steps = situation.slots(day);
        if let Some((reading, locale)) = &mut reader {
            let pieces = reading.day(day, &steps, look.slots);
            return pieces.iter().map(|piece| FreeOut::mine(piece, *locale)).collect();
        }
        let spans = if look.slots { steps } else { spans::merge(steps) };
        spans.into_iter().map(FreeOut::anybody).collect()
    };
    let days =
        crate::lab::rules::days(zone, within).map(|day| one_day(day, &open, &held, free(day))).collect();
    MachineDaysOut {
        machine: machine.slug.clone(),
        time_zone: zone,
        slot_minutes: machine.rules.grid_minutes,
        days,
    }
}

fn one_day(day: LocalDay, open: &[Open], held: &[(Period, BusyKind)], free: Vec<FreeOut>) -> DayOut {
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
        free,
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
