//! Giving memberships.

use actix_web::{HttpResponse, get, post, web::Data};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{me::MembershipsOut, outs::MembershipOut};
use crate::{
    app::App,
    kernel::{MemberId, Result},
    people::{
        caller::Staff,
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
