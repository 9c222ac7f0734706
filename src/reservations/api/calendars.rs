//! What is open, busy and free.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CONTENT_TYPE, HeaderValue},
    web::Data,
};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::{
    app::App,
    kernel::Result,
    people::caller::Perhaps,
    reservations::calendar::{
        self as shown, Asked, Calendar, Which,
        view::{AllDaysOut, MachineDaysOut},
    },
    web::{
        self, Reader,
        check::{Check, Fields},
        etag::{self, Held},
        path::Path,
        query::Query,
    },
};

/// Which days.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DaysQuery {
    /// The first day, in the lab's zone; today where nothing is said.
    from: Option<NaiveDate>,
    /// How many days, 1 to 31; 7 where nothing is said.
    #[param(minimum = 1, maximum = 31)]
    days: Option<u32>,
    /// Each step of the grid by itself instead of spans; no where nothing is said.
    slots: Option<bool>,
}

/// Which days of which machines.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AllDaysQuery {
    /// The first day, in the lab's zone; today where nothing is said.
    from: Option<NaiveDate>,
    /// How many days, 1 to 31; 1 where nothing is said.
    #[param(minimum = 1, maximum = 31)]
    days: Option<u32>,
    /// Slug or identifier of a workshop; all of them where nothing is said.
    workshop: Option<String>,
    /// Each step of the grid by itself instead of spans; no where nothing is said.
    slots: Option<bool>,
    /// How many machines on the page, 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for DaysQuery {
    fn check(&self, fields: &mut Fields) {
        check_days(fields, self.from, self.days);
    }
}

impl Check for AllDaysQuery {
    fn check(&self, fields: &mut Fields) {
        check_days(fields, self.from, self.days);
    }
}

fn check_days(fields: &mut Fields, from: Option<NaiveDate>, days: Option<u32>) {
    fields.within("days", days.unwrap_or(1), 1..=31);
    fields.within("from", from.map_or(2000, |date| date.year()), 1900..=2998);
}

/// The days of one machine: open, busy (no names), free; to a member also which of the free time is theirs to take.
#[utoipa::path(tag = "calendar", params(("machine" = String, Path, description = "Slug or identifier"), DaysQuery),
    security((), ("bearer" = [])), responses((status = 200, body = MachineDaysOut, headers(("ETag" = String)))))]
#[get("/machines/{machine}/calendar")]
pub async fn machine_calendar(
    app: Data<App>,
    req: HttpRequest,
    (by, reader): (Perhaps, Reader),
    machine: Path<String>,
    query: Query<DaysQuery>,
) -> Result<HttpResponse> {
    let Query(DaysQuery { from, days, slots }) = query;
    let asked = Asked {
        which: Which::Machine(machine.0),
        from,
        days: days.unwrap_or(7),
        slots: slots.unwrap_or(false),
        by: by.0.map(|caller| (caller.id, reader.locale)),
        held: Held::by(&req),
        now: app.now(),
    };
    answer(shown::read(&app.store, &app.calendars, asked).await?)
}

/// The days of every machine at once, a page of them at a time.
#[utoipa::path(tag = "calendar", params(AllDaysQuery),
    security((), ("bearer" = [])), responses((status = 200, body = AllDaysOut, headers(("ETag" = String)))))]
#[get("/calendar")]
pub async fn calendar(
    app: Data<App>,
    req: HttpRequest,
    (by, reader): (Perhaps, Reader),
    query: Query<AllDaysQuery>,
) -> Result<HttpResponse> {
    let Query(AllDaysQuery { from, days, workshop, slots, limit, after }) = query;
    let asked = Asked {
        which: Which::Machines(workshop, web::page_request(limit, after.as_deref())?),
        from,
        days: days.unwrap_or(1),
        slots: slots.unwrap_or(false),
        by: by.0.map(|caller| (caller.id, reader.locale)),
        held: Held::by(&req),
        now: app.now(),
    };
    answer(shown::read(&app.store, &app.calendars, asked).await?)
}

fn answer(read: Calendar) -> Result<HttpResponse> {
    match read {
        Calendar::Known(tag) => etag::tagged(HttpResponse::NotModified().finish(), &tag),
        Calendar::Fresh(written) => {
            let mut answer = HttpResponse::Ok();
            answer.insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json")));
            etag::tagged(answer.body(written.body), &written.tag)
        }
    }
}
