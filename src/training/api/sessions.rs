//! `/trainings/{t}/sessions` and `/training-sessions`.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, web::Data};
use serde::Deserialize;

use super::{member_in, out::TrainingSessionOut, training_at, training_in};
use crate::{
    app::App,
    kernel::{Code, Error, Instant, Locale, Page, Patch, Period, Result, TrainingSessionId},
    people::{
        Caller,
        caller::{Anybody, Member, Trainer},
    },
    store::Db,
    training::{
        authority,
        call_off::call_off,
        model::{Enrolment, Session},
        schedule::{Change, Proposal, reschedule, schedule},
        store::sessions,
        view::{self, SessionView},
    },
    web::{self, Check, Fields, IfMatch, Json, Path, Query, Reader, Tag, etag},
};

/// Which sessions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionsIn {
    /// Those that are not over then; now if absent.
    from: Option<Instant>,
    /// How many at most, 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The mark of the page before.
    after: Option<String>,
}

/// A session to be held.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingSessionIn {
    /// Slug or identifier.
    training: String,
    starts_at: Instant,
    ends_at: Instant,
    #[schema(minimum = 1, maximum = 500)]
    seats: i32,
    /// Where, if anything particular is to be said.
    #[schema(max_length = 200)]
    place: Option<String>,
    /// Identifier or e-mail address of a trainer of that training; whoever asks, if absent.
    trainer: Option<String>,
}

/// What changes in a session; what is absent stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingSessionChangeIn {
    #[serde(default)]
    #[schema(value_type = Instant)]
    starts_at: Patch<Instant>,
    #[serde(default)]
    #[schema(value_type = Instant)]
    ends_at: Patch<Instant>,
    /// Not fewer than are taken; more go to those who wait.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 500)]
    seats: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    place: Patch<Option<String>>,
}

/// Why a session is called off.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffIn {
    /// Stands in the letters to everybody enrolled.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl Check for SessionsIn {}

impl Check for TrainingSessionIn {
    fn check(&self, fields: &mut Fields) {
        fields.within("seats", self.seats, 1..=500);
        fields.length_if("place", self.place.as_deref(), 1..=200);
    }
}

impl Check for TrainingSessionChangeIn {
    fn check(&self, fields: &mut Fields) {
        if let Some(seats) = self.seats.get() {
            fields.within("seats", *seats, 1..=500);
        }
        fields.length_if("place", self.place.value().map(String::as_str), 1..=200);
    }
}

impl Check for CallOffIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

/// The sessions of a training, by their start.
#[utoipa::path(tag = "trainings", params(("t" = String, Path, description = "Slug or identifier."), SessionsIn),
    responses((status = 200, body = Page<TrainingSessionOut>)))]
#[get("/trainings/{t}/sessions")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    path: Path<String>,
    query: Query<SessionsIn>,
    (_anybody, reader): (Anybody, Reader),
) -> Result<HttpResponse> {
    let from = query.0.from.unwrap_or_else(|| app.now());
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let found = app
        .store
        .read(move |db| {
            let training = training_at(db, &path.0)?;
            view::sessions(db, &training, from, &page)
        })
        .await?;
    web::page(&req, &found.map(|view| TrainingSessionOut::new(view, None, reader.locale)))
}

/// Puts a session on the calendar.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), responses((status = 201, body = TrainingSessionOut)))]
#[post("/training-sessions")]
pub async fn create(
    app: Data<App>,
    caller: Trainer,
    reader: Reader,
    body: Json<TrainingSessionIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let seen = app
        .store
        .write(move |db| {
            let proposal = proposal(db, &caller.0, &body.0)?;
            let made = schedule(db, &proposal, caller.0.id, now)?;
            seen(db, made, Some(&caller.0))
        })
        .await?;
    let place = format!("/api/v1/training-sessions/{}", seen.view.session.id);
    etag::tagged(web::created(place, &seen.out(reader.locale))?, &seen.tag(reader.locale)?)
}

fn proposal(db: &mut Db, caller: &Caller, body: &TrainingSessionIn) -> Result<Proposal> {
    let training = training_in(db, &body.training, "training")?;
    authority::over_training(db, caller, training.id)?;
    let trainer = match &body.trainer {
        Some(who) => member_in(db, who, "trainer")?.id,
        None => caller.id,
    };
    Ok(Proposal {
        training: training.id,
        trainer,
        period: Period::new(body.starts_at, body.ends_at)
            .ok_or_else(|| Error::refused(Code::InvalidPeriod))?,
        place: body.place.clone(),
        seats: body.seats,
    })
}

/// A session, and who is in it where the caller may see it.
struct Seen {
    view: SessionView,
    roster: Option<Vec<(Enrolment, String)>>,
}

impl Seen {
    fn out(&self, locale: Locale) -> TrainingSessionOut {
        TrainingSessionOut::new(self.view.clone(), self.roster.clone(), locale)
    }

    fn tag(&self, locale: Locale) -> Result<Tag> {
        let tag = etag::of(self.view.session.version, |locale| self.out(locale))?;
        Ok(tag.in_language(locale))
    }
}

/// The session as this caller sees it.
fn seen(db: &mut Db, session: Session, caller: Option<&Caller>) -> Result<Seen> {
    let may_see = caller.is_some_and(|caller| authority::leads(caller, &session));
    let roster = if may_see { Some(view::roster(db, &session)?) } else { None };
    Ok(Seen { view: view::session(db, session)?, roster })
}

/// One session; its trainer and staff also see who is in it.
#[utoipa::path(tag = "trainings", params(("id" = TrainingSessionId, Path)),
    responses((status = 200, body = TrainingSessionOut)))]
#[get("/training-sessions/{id}")]
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    path: Path<TrainingSessionId>,
    caller: Option<Member>,
    reader: Reader,
) -> Result<HttpResponse> {
    let seen = app
        .store
        .read(move |db| {
            let session = sessions::get(db, path.0)?;
            seen(db, session, caller.as_ref().map(|caller| &caller.0))
        })
        .await?;
    etag::respond(&req, &seen.tag(reader.locale)?, || Ok(seen.out(reader.locale)))
}

/// Changes a session that has not begun. Everybody in it is told of another time or place.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    responses((status = 200, body = TrainingSessionOut)))]
#[patch("/training-sessions/{id}")]
pub async fn change(
    app: Data<App>,
    (caller, reader): (Trainer, Reader),
    path: Path<TrainingSessionId>,
    held: IfMatch,
    body: Json<TrainingSessionChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let TrainingSessionChangeIn { starts_at, ends_at, seats, place } = body.0;
    let wanted = Change {
        starts_at: starts_at.into_option(),
        ends_at: ends_at.into_option(),
        place: place.into_option(),
        seats: seats.into_option(),
    };
    let seen = app
        .store
        .write(move |db| {
            let caller = &caller.0;
            let current = |db: &mut Db, session: &Session| {
                authority::over_session(caller, session)?;
                held.allows(&seen(db, session.clone(), Some(caller))?.tag(reader.locale)?)
            };
            let changed = reschedule(db, path.0, &wanted, current, (caller.id, now))?;
            seen(db, changed, Some(caller))
        })
        .await?;
    etag::tagged(web::ok(&seen.out(reader.locale))?, &seen.tag(reader.locale)?)
}

/// Calls a session off; everybody in it gets a letter that says why.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    responses((status = 200, body = TrainingSessionOut)))]
#[post("/training-sessions/{id}/cancellation")]
pub async fn cancel(
    app: Data<App>,
    (caller, reader): (Trainer, Reader),
    path: Path<TrainingSessionId>,
    body: Json<CallOffIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let seen = app
        .store
        .write(move |db| {
            let session = sessions::get(db, path.0)?;
            authority::over_session(&caller.0, &session)?;
            let gone = call_off(db, path.0, body.0.reason.trim(), caller.0.id, now)?;
            seen(db, gone, Some(&caller.0))
        })
        .await?;
    web::ok(&seen.out(reader.locale))
}
