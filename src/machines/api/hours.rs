//! Opening hours and closures: staff.

use actix_web::{HttpResponse, delete, post, put, web::Data};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    app::App,
    kernel::{ClosureId, Error, FieldError, Instant, Period, Result, Value},
    lab::{
        OpeningSpan, Timetable,
        api::{ClosureOut, LabOut, tag_of},
        model::Day,
        rules::{clash, minute},
    },
    machines::{
        affected::{Affected, Hurt},
        affected_sessions::AffectedSession,
        change_hours::change_hours,
        close::{self as closing, What},
    },
    people::caller::Staff,
    web::{
        check::{Check, Fields},
        created,
        etag::{IfMatch, tagged},
        json::Json,
        no_content, ok,
        path::Path,
    },
};

/// The whole week anew.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoursIn {
    /// At most 100 spans.
    #[schema(max_items = 100)]
    spans: Vec<SpanIn>,
}

/// One span of a week, in wall time of the lab.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpanIn {
    /// 1 for Monday to 7 for Sunday (ISO 8601).
    #[schema(minimum = 1, maximum = 7)]
    weekday: i32,
    /// `HH:MM`.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    opens: String,
    /// `HH:MM`, after `opens`; `24:00` is the next midnight.
    #[schema(pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
    closes: String,
    /// Whether a fab manager is present.
    staffed: bool,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

impl Check for HoursIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.spans.len() <= 100, "spans", "too_many");
    }
}

impl HoursIn {
    fn parse(&self) -> Result<Vec<OpeningSpan>> {
        let spans: Vec<OpeningSpan> =
            self.spans.iter().enumerate().map(|(place, span)| span.parse(place)).collect::<Result<_>>()?;
        let meeting = |(place, span): (usize, &OpeningSpan)| {
            let other = spans.iter().take(place).position(|other| clash(span, other))?;
            let other = i64::try_from(other + 1).unwrap_or(i64::MAX);
            let (path, values) = (format!("spans[{place}]"), vec![("other", Value::Count(other))]);
            Some(FieldError { path, code: "hours_overlap", values })
        };
        let wrong: Vec<FieldError> = spans.iter().enumerate().filter_map(meeting).collect();
        if wrong.is_empty() { Ok(spans) } else { Err(Error::Invalid(wrong)) }
    }
}

impl SpanIn {
    fn parse(&self, place: usize) -> Result<OpeningSpan> {
        let wrong = |field: &str, code| Error::field(format!("spans[{place}].{field}"), code);
        let weekday = Day::numbered(self.weekday).ok_or_else(|| wrong("weekday", "weekday"))?;
        let opens = minute(&self.opens).filter(|m| *m < 1440).ok_or_else(|| wrong("opens", "wall_time"))?;
        let closes = minute(&self.closes).ok_or_else(|| wrong("closes", "wall_time"))?;
        if opens >= closes {
            return Err(wrong("closes", "after_start"));
        }
        let (valid_from, valid_to) = (self.valid_from, self.valid_to);
        let absurd = |date: &NaiveDate| !(1900..3000).contains(&date.year());
        if let Some(field) = [("valid_from", valid_from), ("valid_to", valid_to)]
            .iter()
            .find_map(|(name, date)| date.as_ref().filter(|date| absurd(date)).map(|_| *name))
        {
            return Err(wrong(field, "date_implausible"));
        }
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
            return Err(wrong("valid_to", "after_start"));
        }
        Ok(OpeningSpan { weekday, opens, closes, staffed: self.staffed, valid_from, valid_to })
    }
}

/// What to close, when and why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosureIn {
    /// Slug or identifier of a workshop; the whole lab where neither is named.
    workshop: Option<String>,
    /// Slug or identifier of a machine.
    machine: Option<String>,
    starts_at: Instant,
    ends_at: Instant,
    /// Why, 1 to 500 characters; everybody reads it.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl Check for ClosureIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.starts_at < self.ends_at, "ends_at", "after_start");
        fields.require(self.workshop.is_none() || self.machine.is_none(), "machine", "one_of_two");
        fields.length("reason", &self.reason, 1..=500);
    }
}

/// The lab with its new hours, and the reservations that fall outside them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HoursOut {
    lab: LabOut,
    /// Reservations ahead that fall outside the new hours: keep or cancel each.
    affected: Vec<Affected>,
    /// Training sessions ahead that fall outside them, with their learners.
    affected_sessions: Vec<AffectedSession>,
}

/// The closure, and the reservations that it hurts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClosedOut {
    closure: ClosureOut,
    /// Reservations ahead that meet the closure: keep or cancel each.
    affected: Vec<Affected>,
    /// Training sessions ahead that meet it, with their learners.
    affected_sessions: Vec<AffectedSession>,
}

/// Replaces the weekly opening hours. `If-Match` takes the tag of `GET /lab`, where they are read; two spans of one sort
/// must not meet, a staffed one may lie inside an unstaffed one. No spans at all close the lab for good: then
/// `If-Match` is needed.
#[utoipa::path(tag = "lab", request_body = HoursIn, security(("bearer" = [])),
    params(("If-Match" = Option<String>, Header, description = "The `ETag` of `GET /lab`; needed where there are no spans")),
    responses((status = 200, body = HoursOut, headers(("ETag" = String)))))]
#[put("/lab/opening-hours")]
pub async fn put_hours(
    app: Data<App>,
    by: Staff,
    seen: IfMatch,
    body: Json<HoursIn>,
) -> Result<HttpResponse> {
    let (now, spans) = (app.now(), body.0.parse()?);
    if spans.is_empty() {
        seen.required()?;
    }
    let written = app.store.write(move |db| {
        let current = |before: &Timetable| seen.allows(&tag_of(before, now));
        let affected = change_hours(db, &spans, current, Some(by.0.id), now)?;
        Ok((crate::lab::timetable(db)?, affected))
    });
    let (timetable, hurt) = written.await?;
    let Hurt { reservations: affected, sessions: affected_sessions } = hurt;
    tagged(
        ok(&HoursOut { lab: LabOut::new(&timetable, now), affected, affected_sessions })?,
        &tag_of(&timetable, now),
    )
}

/// Closes the lab, a workshop or a machine for a while; the answer lists the reservations ahead that this hurts. What is
/// over cannot be closed any more, and the same closure is made once.
#[utoipa::path(tag = "lab", request_body = ClosureIn, security(("bearer" = [])),
    responses((status = 201, body = ClosedOut, headers(("Location" = String)))))]
#[post("/closures")]
pub async fn close(app: Data<App>, by: Staff, body: Json<ClosureIn>) -> Result<HttpResponse> {
    let (now, Json(body)) = (app.now(), body);
    let period =
        Period::new(body.starts_at, body.ends_at).ok_or_else(|| Error::field("ends_at", "after_start"))?;
    let what = What { workshop: body.workshop, machine: body.machine };
    let reason = body.reason;
    let written = app.store.write(move |db| closing::close(db, &what, (period, &reason), by.0.id, now));
    let (closure, hurt) = written.await?;
    let Hurt { reservations: affected, sessions: affected_sessions } = hurt;
    let out = ClosedOut { closure: ClosureOut::from(&closure), affected, affected_sessions };
    created(format!("/api/v1/closures/{}", closure.id), &out)
}

/// Takes a closure back. `If-Match` takes the tag of `GET /lab`, where closures are read.
#[utoipa::path(tag = "lab", params(("id" = ClosureId, Path)), security(("bearer" = [])), responses((status = 204)))]
#[delete("/closures/{id}")]
pub async fn reopen(app: Data<App>, by: Staff, id: Path<ClosureId>, seen: IfMatch) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let current = |before: &Timetable| seen.allows(&tag_of(before, now));
        closing::reopen(db, id.0, current, by.0.id, now)
    });
    written.await?;
    no_content()
}
