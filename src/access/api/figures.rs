//! Hours on, hours booked, services, and the log of power.

use actix_web::{HttpRequest, HttpResponse, get, post, web::Data};
use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::{
    access::{attend, read, usage},
    app::App,
    kernel::{ControllerId, Error, Instant, MachineId, MemberId, Page, PowerSessionId, Result},
    machines,
    people::caller::{Member, Staff},
    power::log::{self, Line},
    web::{self, Check, Fields, MaybeJson, Path, Query},
};

/// How many weeks.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WeeksQuery {
    /// 1 to 53; 8 where nothing is said.
    #[param(minimum = 1, maximum = 53)]
    weeks: Option<u32>,
}

/// Which lines.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LinesQuery {
    /// Slug or identifier of a machine.
    machine: Option<String>,
    /// How many, 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// `next` of the page before.
    after: Option<String>,
}

/// The weeks of a machine, the last first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UsageOut {
    machine: String,
    weeks: Vec<WeekOut>,
}

/// One week.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WeekOut {
    /// Its Monday.
    starts_on: NaiveDate,
    /// Minutes it was on for somebody.
    on_minutes: i64,
    /// Minutes it was booked, and not given back.
    booked_minutes: i64,
    /// How often it was switched on.
    sessions: u32,
}

/// Machines that are looked after by their hours.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UpkeepsOut {
    items: Vec<UpkeepOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// How far a machine is from its next service.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UpkeepOut {
    machine: String,
    /// Minutes it was on since the last one.
    on_minutes: i64,
    /// After so many hours it is due.
    service_hours: Option<i32>,
    last_at: Option<Instant>,
    due: bool,
}

/// A machine was looked after.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ServicedIn {
    /// What was done, 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    note: Option<String>,
}

/// How long one had machines on this year, the longest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HoursOnOut {
    items: Vec<MachineHoursOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// One machine.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachineHoursOut {
    machine: String,
    minutes: i64,
}

/// A line of the log of power.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LineOut {
    seq: i64,
    at: Instant,
    kind: String,
    machine: Option<MachineId>,
    session: Option<PowerSessionId>,
    controller: Option<ControllerId>,
    member: Option<MemberId>,
    details: serde_json::Value,
    /// SHA-256 of the line; the next one repeats it.
    hash: String,
}

impl Check for WeeksQuery {
    fn check(&self, fields: &mut Fields) {
        fields.within("weeks", self.weeks.unwrap_or(8), 1..=53);
    }
}

impl Check for LinesQuery {}

impl Check for ServicedIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("note", self.note.as_deref(), 1..=500);
    }
}

impl From<Line> for LineOut {
    fn from(line: Line) -> Self {
        Self {
            seq: line.seq,
            at: line.at,
            kind: line.kind,
            machine: line.machine,
            session: line.session,
            controller: line.controller,
            member: line.member,
            details: serde_json::from_str(&line.details).unwrap_or_default(),
            hash: hex::encode(line.hash),
        }
    }
}

impl UpkeepOut {
    fn new(machine: String, service: &usage::Upkeep) -> Self {
        Self {
            machine,
            on_minutes: service.on.num_minutes(),
            service_hours: service.after_hours,
            last_at: service.last_at,
            due: service.is_due(),
        }
    }
}

/// Hours really on against hours booked, by week.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier"), WeeksQuery),
    security(("bearer" = [])), responses((status = 200, body = UsageOut)))]
#[get("/machines/{machine}/usage")]
pub async fn weeks(
    app: Data<App>,
    _: Staff,
    key: Path<String>,
    query: Query<WeeksQuery>,
) -> Result<HttpResponse> {
    let now = app.now();
    let read = app.store.read(move |db| {
        let machine = machines::get(db, &key.0)?;
        Ok((machine.slug, usage::weeks(db, machine.id, query.0.weeks.unwrap_or(8), now)?))
    });
    let (machine, weeks) = read.await?;
    let week = |week: usage::Week| WeekOut {
        starts_on: week.starts_on,
        on_minutes: week.on.num_minutes(),
        booked_minutes: week.booked.num_minutes(),
        sessions: week.sessions,
    };
    web::ok(&UsageOut { machine, weeks: weeks.into_iter().map(week).collect() })
}

/// Machines that are looked after by their hours, and which of them are due.
#[utoipa::path(tag = "power", security(("bearer" = [])), responses((status = 200, body = UpkeepsOut)))]
#[get("/machine-services")]
pub async fn services(app: Data<App>, _: Staff) -> Result<HttpResponse> {
    let now = app.now();
    let listed = app.store.read(move |db| attend::listed(db, now)).await?;
    let items = listed.iter().map(|(name, service)| UpkeepOut::new(name.slug.clone(), service)).collect();
    web::ok(&UpkeepsOut { items, next: None })
}

/// Says that a machine was looked after: its hours count from zero.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = ServicedIn, security(("bearer" = [])), responses((status = 200, body = UpkeepOut)))]
#[post("/machines/{machine}/services")]
pub async fn serviced(
    app: Data<App>,
    Staff(by): Staff,
    key: Path<String>,
    MaybeJson(said): MaybeJson<ServicedIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let machine = machines::get(db, &key.0)?;
        usage::serviced(db, machine.id, by.id, said.note.as_deref(), now)?;
        Ok((machine.slug, usage::service(db, machine.id, now)?))
    });
    let (machine, service) = written.await?;
    web::ok(&UpkeepOut::new(machine, &service))
}

/// How long the caller had each machine on in the last year.
#[utoipa::path(tag = "power", security(("bearer" = [])), responses((status = 200, body = HoursOnOut)))]
#[get("/me/power-hours")]
pub async fn hours(app: Data<App>, Member(by): Member) -> Result<HttpResponse> {
    let now = app.now();
    let found = app.store.read(move |db| read::hours(db, by.id, now - TimeDelta::days(365), now)).await?;
    let item = |(machine, on): (machines::MachineName, TimeDelta)| MachineHoursOut {
        machine: machine.slug,
        minutes: on.num_minutes(),
    };
    web::ok(&HoursOnOut { items: found.into_iter().map(item).collect(), next: None })
}

/// What happened to power, the newest first; `etabli log verify` checks that nobody has changed a line.
#[utoipa::path(tag = "power", params(LinesQuery), security(("bearer" = [])),
    responses((status = 200, body = Page<LineOut>)))]
#[get("/power-events")]
pub async fn lines(
    app: Data<App>,
    req: HttpRequest,
    _: Staff,
    query: Query<LinesQuery>,
) -> Result<HttpResponse> {
    let Query(LinesQuery { machine, limit, after }) = query;
    let page = web::page_request(limit, after.as_deref())?;
    let read = app.store.read(move |db| {
        let machine = match machine {
            Some(key) => machines::store::find(db, &key)?.map(|machine| Some(machine.id)),
            None => Some(None),
        };
        let machine = machine.ok_or_else(|| Error::field("machine", "unknown_machine"))?;
        let found = log::read::newest(db, machine, &page)?;
        Ok(page.page(found, |line| line.seq.to_string()))
    });
    let found = read.await?;
    let items = found.items.into_iter().map(LineOut::from).collect();
    web::page(&req, &Page { items, next: found.next })
}
