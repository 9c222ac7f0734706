//! The journal, for admins.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    model::{Kept, LineId, Wanted},
    store,
};
use crate::{
    app::App,
    kernel::{Instant, MemberId, Page, Result},
    people::caller::Admin,
    web::{self, Check, Query},
};

/// Which lines.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalIn {
    /// Only what was done to this thing.
    subject: Option<Uuid>,
    /// Only what this member did.
    actor: Option<MemberId>,
    /// Only what was done at this instant or later.
    from: Option<Instant>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for JournalIn {}

/// Who did what to whom, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct JournalLineOut {
    id: LineId,
    at: Instant,
    /// Nobody where the house did it by itself.
    actor: Option<MemberId>,
    #[schema(example = "certification_revoked")]
    action: String,
    subject: SubjectOut,
    reason: Option<String>,
    /// What else was kept.
    #[schema(value_type = Object, nullable)]
    details: Json,
}

/// What it was done to.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectOut {
    #[schema(example = "certification")]
    kind: String,
    id: Uuid,
}

impl From<Kept> for JournalLineOut {
    fn from(line: Kept) -> Self {
        Self {
            id: line.id,
            at: line.at,
            actor: line.actor,
            action: line.action,
            subject: SubjectOut { kind: line.subject_kind, id: line.subject },
            reason: line.reason,
            details: line.details,
        }
    }
}

/// The journal, newest first.
#[utoipa::path(
    tag = "journal",
    params(JournalIn),
    responses((status = 200, description = "A page of the journal", body = Page<JournalLineOut>)),
    security(("bearer" = []))
)]
#[get("/journal")]
pub async fn list(
    app: Data<App>,
    _: Admin,
    request: HttpRequest,
    Query(asked): Query<JournalIn>,
) -> Result<HttpResponse> {
    let page = web::page_request(asked.limit, asked.after.as_deref())?;
    let wanted = Wanted { subject: asked.subject, actor: asked.actor, from: asked.from };
    let lines = app.store.read(move |db| store::list(db, wanted, &page)).await?;
    web::page(&request, &lines.map(JournalLineOut::from))
}
