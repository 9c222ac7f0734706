//! Giving memberships, and ending them.

use actix_web::{HttpResponse, get, post, web::Data};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{me::MembershipsOut, outs::MembershipOut};
use crate::{
    app::App,
    kernel::{MemberId, MembershipId, Result},
    people::{
        caller::Staff,
        end::{self, Ending},
        grant::{self, Grant},
        store,
    },
    web::{self, Check, Fields, Json, Path},
};

/// A membership to be given.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipIn {
    /// Slug or identifier.
    #[schema(min_length = 1, max_length = 64)]
    plan: String,
    /// The first day it holds; it lasts as long as the plan says.
    starts_on: NaiveDate,
    /// Whether it was paid.
    #[serde(default)]
    paid: bool,
}

/// Why a membership ends before its time.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MembershipEndIn {
    /// In words the member reads.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
    /// The last day it holds; today where absent.
    on: Option<NaiveDate>,
}

impl Check for MembershipEndIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=1000);
    }
}

impl Check for MembershipIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("plan", &self.plan, 1..=64);
    }
}

/// The memberships of a member, past ones included.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), responses((status = 200, body = MembershipsOut)),
    params(("id" = MemberId, Path, description = "Which member"))
)]
#[get("/members/{id}/memberships")]
pub async fn list(app: Data<App>, _: Staff, Path(id): Path<MemberId>) -> Result<HttpResponse> {
    let held = app
        .store
        .read(move |db| {
            store::members::get(db, id)?;
            store::memberships::list(db, id)
        })
        .await?;
    web::ok(&MembershipsOut::new(held))
}

/// Gives a membership.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = MembershipIn,
    responses((status = 201, body = MembershipOut)), params(("id" = MemberId, Path, description = "Which member"))
)]
#[post("/members/{id}/memberships")]
pub async fn give(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<MemberId>,
    Json(wanted): Json<MembershipIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let grant = Grant {
        member: id,
        plan: wanted.plan,
        starts_on: wanted.starts_on,
        paid: wanted.paid,
        by: Some(staff.id),
    };
    let given = app.store.write(move |db| grant::grant(db, &grant, now)).await?;
    web::created(format!("/api/v1/members/{id}/memberships"), &MembershipOut::from(given))
}

/// Ends a membership before its time; the member is told. `GET /reservations/affected` names the reservations it hurts.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = MembershipEndIn,
    responses((status = 200, body = MembershipOut)),
    params(("id" = MembershipId, Path, description = "Which membership"))
)]
#[post("/memberships/{id}/end")]
pub async fn finish(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<MembershipId>,
    Json(wanted): Json<MembershipEndIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let ending = Ending { membership: id, on: wanted.on, reason: wanted.reason.trim().to_owned() };
    let ended = app.store.write(move |db| end::end(db, &staff, &ending, now)).await?;
    web::ok(&MembershipOut::from(ended))
}
