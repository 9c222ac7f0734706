//! `/training-sessions/{id}/enrolments`.

use actix_web::{HttpResponse, delete, get, post, web::Data};
use serde::Deserialize;

use crate::{
    app::App,
    kernel::{Code, Error, MemberId, Result, TrainingSessionId},
    people::{Caller, caller::Member},
    store::Db,
    training::api::{member_in, out::EnrolmentOut},
    training_sessions::{
        enrol::{enrol, place_of},
        leave::leave,
    },
    web::{self, Check, Fields, MaybeJson, Path},
};

/// Who wants a seat.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentIn {
    /// Identifier or e-mail address of the member staff do it for; whoever asks, if absent.
    #[schema(max_length = 254)]
    member: Option<String>,
}

impl Check for EnrolmentIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("member", self.member.as_deref(), 1..=254);
    }
}

/// Takes a seat, or a place at the end of the waiting list when there is none.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    request_body = Option<EnrolmentIn>, responses((status = 201, body = EnrolmentOut)))]
#[post("/training-sessions/{id}/enrolments")]
pub async fn create(
    app: Data<App>,
    caller: Member,
    path: Path<TrainingSessionId>,
    body: MaybeJson<EnrolmentIn>,
) -> Result<HttpResponse> {
    let (now, session) = (app.now(), path.0);
    let place = app
        .store
        .write(move |db| {
            let member = meant(db, &caller.0, body.0.member.as_deref())?;
            enrol(db, session, member, caller.0.id, now)
        })
        .await?;
    let at = format!("/api/v1/training-sessions/{session}/enrolments/me");
    web::created(at, &EnrolmentOut::from(place))
}

/// Only staff speak for others.
fn meant(db: &mut Db, caller: &Caller, who: Option<&str>) -> Result<MemberId> {
    match who {
        None => Ok(caller.id),
        Some(_) if !caller.roles.is_staff() => Err(Error::refused(Code::Forbidden)),
        Some(who) => Ok(member_in(db, who, "member")?.id),
    }
}

/// One's own place in a session.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    responses((status = 200, body = EnrolmentOut)))]
#[get("/training-sessions/{id}/enrolments/me")]
pub async fn show_mine(
    app: Data<App>,
    caller: Member,
    path: Path<TrainingSessionId>,
) -> Result<HttpResponse> {
    let found = app.store.read(move |db| place_of(db, path.0, caller.0.id)).await?;
    web::ok(&EnrolmentOut::from(found.ok_or_else(|| Error::refused(Code::NotFound))?))
}

/// Gives the seat back; the first who waits gets it.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    responses((status = 204)))]
#[delete("/training-sessions/{id}/enrolments/me")]
pub async fn delete_mine(
    app: Data<App>,
    caller: Member,
    path: Path<TrainingSessionId>,
) -> Result<HttpResponse> {
    let now = app.now();
    app.store.write(move |db| leave(db, path.0, caller.0.id, now)).await?;
    web::no_content()
}
