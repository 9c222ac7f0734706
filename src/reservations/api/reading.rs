//! Read one, list some.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Deserialize;

use super::out::{AffectedOut, ReservationOut};
use crate::{
    app::App,
    kernel::{Error, Instant, MemberId, Page, ReservationId, Result},
    machines,
    people::{
        self,
        caller::{Caller, Member, Staff},
    },
    reservations::{
        model::{Booked, State},
        read, reask,
        store::Filter,
    },
    store::Db,
    web::{
        self, Links, Reader,
        check::{Check, Fields},
        etag,
        path::Path,
        query::Query,
    },
};

/// Which reservations to list, in order of their start.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// Slug or identifier of a machine.
    machine: Option<String>,
    /// Identifier or e-mail address of a member; staff may ask for anybody.
    member: Option<String>,
    /// Ending after this instant.
    from: Option<Instant>,
    /// Starting before this instant.
    to: Option<Instant>,
    state: Option<State>,
    /// How many, 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for ListQuery {
    fn check(&self, fields: &mut Fields) {
        in_order(fields, self.from, self.to);
    }
}

/// Which reservations ahead to ask about, in order of their start.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AffectedQuery {
    /// Slug or identifier of a machine.
    machine: Option<String>,
    /// Identifier or e-mail address of a member.
    member: Option<String>,
    /// Ending after this instant; now where nothing is said, and never earlier.
    from: Option<Instant>,
    /// Starting before this instant.
    to: Option<Instant>,
    /// How many, 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for AffectedQuery {
    fn check(&self, fields: &mut Fields) {
        in_order(fields, self.from, self.to);
    }
}

fn in_order(fields: &mut Fields, from: Option<Instant>, to: Option<Instant>) {
    if let (Some(from), Some(to)) = (from, to) {
        fields.require(from < to, "to", "after_start");
    }
}

/// Which of one's own reservations to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MineQuery {
    /// Ending after this instant.
    from: Option<Instant>,
    /// Starting before this instant.
    to: Option<Instant>,
    state: Option<State>,
    /// How many, 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for MineQuery {}

/// One reservation of one's own; staff see everybody's.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), security(("bearer" = [])),
    responses((status = 200, body = ReservationOut, headers(("ETag" = String)))))]
#[get("/reservations/{id}")]
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    by: Member,
    reader: Reader,
    id: Path<ReservationId>,
) -> Result<HttpResponse> {
    let now = app.now();
    let booked = app.store.read(move |db| read::get(db, id.0, &by.0)).await?;
    let tag = booked.tag(now).in_language(reader.locale);
    etag::respond(&req, &tag, || Ok(ReservationOut::new(&booked, reader.locale, now)))
}

/// Reservations, in order of their start; one's own, and for staff everybody's.
#[utoipa::path(tag = "reservations", params(ListQuery), security(("bearer" = [])),
    responses((status = 200, body = Page<ReservationOut>)))]
#[get("/reservations")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: Member,
    reader: Reader,
    query: Query<ListQuery>,
) -> Result<HttpResponse> {
    let (now, Query(query)) = (app.now(), query);
    let page = web::page_request(query.limit, query.after.as_deref())?;
    let read = app.store.read(move |db| {
        let named = named(db, (query.machine.as_deref(), query.member.as_deref()), &by.0)?;
        let filter = Filter { from: query.from, to: query.to, state: query.state, ..named };
        read::list(db, filter, &page, &by.0, now)
    });
    let listed = read.await?;
    answer(&req, listed, reader, now)
}

/// Reservations ahead that the rule book would refuse today, with every reason: keep or cancel each. A page may be
/// short of items and still have a next one.
#[utoipa::path(tag = "reservations", params(AffectedQuery), security(("bearer" = [])),
    responses((status = 200, body = Page<AffectedOut>)))]
#[get("/reservations/affected")]
pub async fn affected(
    app: Data<App>,
    req: HttpRequest,
    by: Staff,
    (reader, links): (Reader, Links),
    query: Query<AffectedQuery>,
) -> Result<HttpResponse> {
    let (now, Query(query)) = (app.now(), query);
    let page = web::page_request(query.limit, query.after.as_deref())?;
    let read = app.store.read(move |db| {
        let named = named(db, (query.machine.as_deref(), query.member.as_deref()), &by.0)?;
        let filter = Filter { from: query.from, to: query.to, ..named };
        reask::reask(db, filter, &page, now)
    });
    let out = read.await?.map(|hurt| AffectedOut::new(&hurt, reader.locale, &links, now));
    web::page(&req, &out)
}

/// One's own reservations, in order of their start.
#[utoipa::path(tag = "reservations", params(MineQuery), security(("bearer" = [])),
    responses((status = 200, body = Page<ReservationOut>)))]
#[get("/me/reservations")]
pub async fn mine(
    app: Data<App>,
    req: HttpRequest,
    by: Member,
    reader: Reader,
    query: Query<MineQuery>,
) -> Result<HttpResponse> {
    let (now, Query(query)) = (app.now(), query);
    let page = web::page_request(query.limit, query.after.as_deref())?;
    let (from, to, state) = (query.from, query.to, query.state);
    let filter = Filter { machine: None, member: Some(by.0.id), from, to, state };
    let listed = app.store.read(move |db| read::list(db, filter, &page, &by.0, now)).await?;
    answer(&req, listed, reader, now)
}

fn answer(req: &HttpRequest, listed: Page<Booked>, reader: Reader, now: Instant) -> Result<HttpResponse> {
    web::page(req, &listed.map(|booked| ReservationOut::new(&booked, reader.locale, now)))
}

/// The machine and the member that a query names. Only staff look members up: to others, a known address must not answer otherwise than an
/// unknown one, so whoever is not themselves is a member nobody has seen.
fn named(db: &mut Db, (machine, member): (Option<&str>, Option<&str>), by: &Caller) -> Result<Filter> {
    let machine = match machine {
        Some(key) => Some(
            machines::store::find(db, key)?.ok_or_else(|| Error::field("machine", "unknown_machine"))?.id,
        ),
        None => None,
    };
    let member = match member {
        Some(who) if by.roles.is_staff() => {
            Some(people::find(db, who)?.ok_or_else(|| Error::field("member", "unknown_member"))?.id)
        }
        Some(who) if who == by.id.to_string() => Some(by.id),
        Some(_) => Some(MemberId::new()),
        None => None,
    };
    Ok(Filter { machine, member, ..Filter::default() })
}
