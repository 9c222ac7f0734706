//! `/trainings/{t}/sessions` and `/training-sessions`.

use super::ins::{CallOffIn, SessionsIn, TrainingSessionChangeIn, TrainingSessionIn};
use crate::{
    app::App,
    gates::session_facts::takeable,
    kernel::{Code, Error, Locale, MachineId, Page, Period, Result, TrainingSessionId},
    machines,
    people::{
        Caller,
        caller::{Member, Trainer},
    },
    store::Db,
    training::{
        api::{member_in, out::TrainingSessionOut, training_at, training_in},
        authority,
        model::{Enrolment, Session},
        store::sessions,
        view::{self, SessionView},
    },
    training_sessions::{
        call_off::call_off,
        reschedule::{Change, reschedule},
        rules::may_except,
        schedule::{Proposal, schedule},
    },
    web::{self, IfMatch, Json, Path, Query, Reader, Tag, etag},
};
use actix_web::{HttpRequest, HttpResponse, get, patch, post, web::Data};

/// The sessions of a training, by their start.
#[utoipa::path(tag = "trainings", params(("t" = String, Path, description = "Slug or identifier."), SessionsIn),
    security((), ("bearer" = [])),
    responses((status = 200, body = Page<TrainingSessionOut>)))]
#[get("/trainings/{t}/sessions")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    path: Path<String>,
    query: Query<SessionsIn>,
    (caller, reader): (Option<Member>, Reader),
) -> Result<HttpResponse> {
    let now = app.now();
    let from = query.0.from.unwrap_or(now);
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let found = app
        .store
        .read(move |db| {
            let training = training_at(db, &path.0)?;
            let found = view::sessions(db, &training, from, &page)?;
            let Some(Member(caller)) = caller else { return Ok((found, None)) };
            let all: Vec<Session> = found.items.iter().map(|view| view.session.clone()).collect();
            let takeable = takeable(db, &all, caller.id, now)?;
            Ok((found, Some(takeable)))
        })
        .await?;
    let (found, takeable) = found;
    let out = |view: SessionView| TrainingSessionOut {
        takeable: takeable.as_ref().map(|ids| ids.contains(&view.session.id)),
        ..TrainingSessionOut::new(view, None, reader.locale)
    };
    web::page(&req, &found.map(out))
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
    may_except(body.exception.as_ref(), caller.roles.is_staff())?;
    Ok(Proposal {
        machines: machines_in(db, &body.machines)?,
        exception: body.exception.clone(),
        training: training.id,
        trainer,
        period: Period::new(body.starts_at, body.ends_at)
            .ok_or_else(|| Error::refused(Code::InvalidPeriod))?,
        place: body.place.clone(),
        seats: body.seats,
    })
}

/// The machines a field names; an unknown one is named in the error.
fn machines_in(db: &mut Db, keys: &[String]) -> Result<Vec<MachineId>> {
    let mut found = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let machine = machines::store::find(db, key)?;
        let machine = machine.ok_or_else(|| Error::field(format!("machines[{at}]"), "unknown_machine"))?;
        found.push(machine.id);
    }
    Ok(found)
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
#[utoipa::path(tag = "trainings", params(("id" = TrainingSessionId, Path)), security((), ("bearer" = [])),
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
    may_except(body.0.exception.value(), caller.0.roles.is_staff())?;
    if body.0.trainer.is_set() && !caller.0.roles.is_staff() {
        return Err(Error::refused(Code::Forbidden));
    }
    let seen = app
        .store
        .write(move |db| {
            let caller = &caller.0;
            let wanted = wanted(db, &body.0)?;
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

fn wanted(db: &mut Db, body: &TrainingSessionChangeIn) -> Result<Change> {
    let machines = body.machines.get().map(|keys| machines_in(db, keys)).transpose()?;
    Ok(Change {
        starts_at: body.starts_at.get().copied(),
        ends_at: body.ends_at.get().copied(),
        place: body.place.get().cloned(),
        seats: body.seats.get().copied(),
        machines,
        trainer: body.trainer.get().map(|who| member_in(db, who, "trainer")).transpose()?.map(|one| one.id),
        exception: body.exception.get().cloned(),
    })
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
