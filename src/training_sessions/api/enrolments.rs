//! `/training-sessions/{id}/enrolments`.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web::Data};
use serde::Deserialize;

use crate::{
    app::App,
    kernel::{Code, Error, Instant, MemberId, Page, Result, TrainingSessionId},
    people::{
        Caller,
        caller::{Member, Trainer},
    },
    store::Db,
    training::{
        api::{
            member_in,
            out::{EnrolmentOut, MyEnrolmentOut},
        },
        authority,
        store::sessions,
        view,
    },
    training_sessions::{
        enrol::{enrol, place_of},
        leave::{Because, leave},
    },
    web::{self, Check, Fields, Json, MaybeJson, Path, Query, Reader},
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
    app.store.write(move |db| leave(db, path.0, caller.0.id, Because::Left, now)).await?;
    web::no_content()
}

/// Which of one's own places to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MineIn {
    /// In sessions that are not over then; now if absent.
    from: Option<Instant>,
    /// How many at most, 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The mark of the page before.
    after: Option<String>,
}

impl Check for MineIn {}

/// One's own places in training sessions, seats and waiting lists, by the start of the session. Sessions called off are
/// among them.
#[utoipa::path(tag = "trainings", params(MineIn), security(("bearer" = [])),
    responses((status = 200, body = Page<MyEnrolmentOut>)))]
#[get("/me/enrolments")]
pub async fn list_mine(
    app: Data<App>,
    req: HttpRequest,
    (caller, reader): (Member, Reader),
    query: Query<MineIn>,
) -> Result<HttpResponse> {
    let from = query.0.from.unwrap_or_else(|| app.now());
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let found = app.store.read(move |db| view::places(db, caller.0.id, from, &page)).await?;
    web::page(&req, &found.map(|place| MyEnrolmentOut::new(place, reader.locale)))
}

/// Why somebody is taken out of a session.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovalIn {
    /// Stands in the letter to the learner.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl Check for RemovalIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

/// Takes one learner out of a session, or off its waiting list; they get a letter that says why, and the first who waits
/// gets the seat.
#[utoipa::path(tag = "trainings", security(("bearer" = [])),
    params(("id" = TrainingSessionId, Path), ("member" = MemberId, Path)), responses((status = 204)))]
#[post("/training-sessions/{id}/enrolments/{member}/removal")]
pub async fn remove(
    app: Data<App>,
    caller: Trainer,
    path: Path<(TrainingSessionId, MemberId)>,
    body: Json<RemovalIn>,
) -> Result<HttpResponse> {
    let (now, (session, member)) = (app.now(), path.0);
    app.store
        .write(move |db| {
            authority::over_session(&caller.0, &sessions::get(db, session)?)?;
            let because = Because::Removed { reason: body.0.reason.trim(), by: caller.0.id };
            leave(db, session, member, because, now)
        })
        .await?;
    web::no_content()
}
