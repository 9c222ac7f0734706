//! `GET /lab`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    model::{Closure, OpeningSpan, Scope, Timetable},
    store,
};
use crate::{
    app::App,
    kernel::{ClosureId, Instant, MachineId, Name, Period, Result, WorkshopId, Zone},
    web::etag::{self, Tag},
};

/// The lab as everybody sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LabOut {
    slug: String,
    name: String,
    /// IANA name of the zone in which the lab speaks of days and hours.
    #[schema(value_type = String, example = "Europe/Paris")]
    time_zone: Zone,
    charter_version: i32,
    /// The house rules in force, in both languages.
    charter: Name,
    /// Whether it closes on French public holidays.
    french_holidays: bool,
    opening_hours: Vec<OpeningSpanOut>,
    closures: Vec<ClosureOut>,
}

/// One span of a week, in wall time of the lab.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OpeningSpanOut {
    /// 1 for Monday to 7 for Sunday (ISO 8601).
    weekday: i32,
    /// `HH:MM`.
    opens: String,
    /// `HH:MM`; `24:00` is the next midnight.
    closes: String,
    staffed: bool,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

/// An exceptional closed period; of the whole lab where neither workshop nor machine is named.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClosureOut {
    id: ClosureId,
    workshop: Option<WorkshopId>,
    machine: Option<MachineId>,
    starts_at: Instant,
    ends_at: Instant,
    reason: String,
}

/// The tag of the lab as everybody sees it now: closures end by themselves.
#[must_use]
pub fn tag_of(timetable: &Timetable, now: Instant) -> Tag {
    let ahead = timetable.closures.iter().filter(|closure| closure.period.end() > now).count();
    etag::tag(&[&timetable.lab.id, &timetable.lab.calendar_version, &ahead])
}

impl LabOut {
    /// The lab with the closures that are not over.
    #[must_use]
    pub fn new(timetable: &Timetable, now: Instant) -> Self {
        let lab = &timetable.lab;
        Self {
            slug: lab.slug.clone(),
            name: lab.name.clone(),
            time_zone: lab.zone,
            charter_version: lab.charter_version,
            charter: lab.charter.clone(),
            french_holidays: lab.french_holidays,
            opening_hours: timetable.spans.iter().map(OpeningSpanOut::from).collect(),
            closures: timetable
                .closures
                .iter()
                .filter(|c| c.period.end() > now)
                .map(ClosureOut::from)
                .collect(),
        }
    }
}

impl From<&OpeningSpan> for OpeningSpanOut {
    fn from(span: &OpeningSpan) -> Self {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self {
            weekday: span.weekday.number(),
            opens: clock(span.opens),
            closes: clock(span.closes),
            staffed: span.staffed,
            valid_from: span.valid_from,
            valid_to: span.valid_to,
        }
    }
}

impl From<&Closure> for ClosureOut {
    fn from(closure: &Closure) -> Self {
        let (workshop, machine) = match closure.scope {
            Scope::Lab => (None, None),
            Scope::Workshop(id) => (Some(id), None),
            Scope::Machine(id) => (None, Some(id)),
        };
        let (starts_at, ends_at) = (Period::start(closure.period), Period::end(closure.period));
        Self { id: closure.id, workshop, machine, starts_at, ends_at, reason: closure.reason.clone() }
    }
}

/// The lab: name, time zone, opening hours, closures ahead, house rules.
#[utoipa::path(tag = "lab", responses((status = 200, body = LabOut)))]
#[get("/lab")]
pub async fn show(app: Data<App>, req: HttpRequest) -> Result<HttpResponse> {
    let now = app.now();
    let timetable = app.store.read(store::timetable).await?;
    etag::respond(&req, &tag_of(&timetable, now), || Ok(LabOut::new(&timetable, now)))
}
