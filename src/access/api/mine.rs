//! What members see of their own, and how they prove who they are.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web::Data};
use serde::{Deserialize, Serialize};

use super::seen::PowerSessionOut;
use crate::{
    access::{BadgeKey, approve::approve, phone, pins, read},
    app::App,
    kernel::{Instant, Page, PowerSessionId, Result},
    machines,
    people::caller::Member,
    web::{self, Check, Fields, Json, Path, Query},
};

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionsQuery {
    /// How many, 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// `next` of the page before.
    after: Option<String>,
}

/// A new PIN.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinIn {
    /// 4 to 8 digits.
    #[schema(pattern = "^[0-9]{4,8}$")]
    pin: String,
}

/// A yes.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalIn {
    /// Slug or identifier of the machine the member stands at.
    #[schema(max_length = 60)]
    machine: String,
}

/// A yes that waits for its badge.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ApprovalOut {
    /// Until when.
    until: Instant,
}

impl Check for SessionsQuery {}

impl Check for PinIn {
    fn check(&self, fields: &mut Fields) {
        let digits = self.pin.bytes().all(|digit| digit.is_ascii_digit());
        fields.require(digits && (4..=8).contains(&self.pin.len()), "pin", "pin");
    }
}

impl Check for ApprovalIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("machine", &self.machine, 1..=60);
    }
}

/// What the caller had on, the newest first.
#[utoipa::path(tag = "power", params(SessionsQuery), security(("bearer" = [])),
    responses((status = 200, body = Page<PowerSessionOut>)))]
#[get("/me/power-sessions")]
pub async fn sessions(
    app: Data<App>,
    req: HttpRequest,
    Member(by): Member,
    query: Query<SessionsQuery>,
) -> Result<HttpResponse> {
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let found = app.store.read(move |db| read::of_member(db, by.id, &page)).await?;
    let items = found.items.into_iter().map(PowerSessionOut::from).collect();
    web::page(&req, &Page { items, next: found.next })
}

/// Switches a machine behind a plug on, without a badge. Asking again while it runs is the same session.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    security(("bearer" = [])), responses((status = 201, body = PowerSessionOut)))]
#[post("/machines/{machine}/power-sessions")]
pub async fn switch_on(app: Data<App>, Member(by): Member, key: Path<String>) -> Result<HttpResponse> {
    let now = app.now();
    let session = app.store.write(move |db| phone::switch_on(db, &key.0, by.id, now)).await?;
    app.power.ring();
    web::created("/api/v1/me/power-sessions", &PowerSessionOut::from(session))
}

/// Switches off what the caller has on.
#[utoipa::path(tag = "power", params(("id" = PowerSessionId, Path, description = "Which session")),
    security(("bearer" = [])), responses((status = 200, body = PowerSessionOut)))]
#[post("/me/power-sessions/{id}/end")]
pub async fn switch_off(
    app: Data<App>,
    Member(by): Member,
    Path(id): Path<PowerSessionId>,
) -> Result<HttpResponse> {
    let now = app.now();
    let session = app.store.write(move |db| phone::switch_off(db, id, by.id, now)).await?;
    app.power.ring();
    web::ok(&PowerSessionOut::from(session))
}

/// Chooses the PIN for machines where a badge is not enough.
#[utoipa::path(tag = "power", request_body = PinIn, security(("bearer" = [])), responses((status = 204)))]
#[put("/me/power-pin")]
pub async fn choose_pin(app: Data<App>, Member(by): Member, Json(said): Json<PinIn>) -> Result<HttpResponse> {
    let (now, key) = (app.now(), BadgeKey::of(&app.secrets));
    app.store.write(move |db| pins::choose(db, &key, by.id, &said.pin, now)).await?;
    web::no_content()
}

/// Says yes to one start of one machine, within a minute, in place of a PIN.
#[utoipa::path(tag = "power", request_body = ApprovalIn, security(("bearer" = [])),
    responses((status = 200, body = ApprovalOut)))]
#[post("/me/power-approvals")]
pub async fn say_yes(
    app: Data<App>,
    Member(by): Member,
    Json(said): Json<ApprovalIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let machine = machines::get(db, &said.machine)?.id;
        approve(db, by.id, machine, now)
    });
    web::ok(&ApprovalOut { until: written.await? })
}
