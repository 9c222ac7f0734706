//! `/certifications`, and those of a member.

use actix_web::{HttpRequest, HttpResponse, delete, get, post, web::Data};
use chrono::{Months, NaiveDate};
use serde::Deserialize;

use super::{
    PageIn,
    out::{CertificationOut, WithdrawnOut},
    training_in,
};
use crate::{
    app::App,
    kernel::{CertificationId, Code, Error, Instant, MemberId, Page, PageRequest, Result},
    lab,
    people::{
        self, Caller,
        caller::{Member, Trainer},
    },
    store::Db,
    training::{
        authority,
        certify::{Grant, give},
        model::Certification,
        rules::valid_until,
        store::certifications,
        view,
        withdraw::{self, Withdrawn},
    },
    web::{self, Check, Fields, Json, Path, Query, Reader},
};

/// A certification to be given.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificationIn {
    /// Slug or identifier.
    training: String,
    /// The last day it holds; by the training's months if absent.
    valid_until: Option<NaiveDate>,
    /// On what ground, in a sentence; goes to the journal.
    #[schema(min_length = 1, max_length = 1000)]
    note: String,
}

/// Why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalIn {
    /// Stands in the letter to the member.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl Check for CertificationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("note", self.note.trim(), 1..=1000);
    }
}

impl Check for WithdrawalIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

fn today(db: &mut Db, now: Instant) -> Result<NaiveDate> {
    Ok(lab::get(db)?.zone.day_of(now).date)
}

/// What one ever held oneself, the latest first.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(PageIn),
    responses((status = 200, body = Page<CertificationOut>)))]
#[get("/me/certifications")]
pub async fn list_mine(
    app: Data<App>,
    req: HttpRequest,
    (caller, reader): (Member, Reader),
    query: Query<PageIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let out = app.store.read(move |db| history(db, caller.0.id, &page, (now, reader))).await?;
    web::page(&req, &out)
}

/// What a member ever held, the latest first; for trainers and staff.
#[utoipa::path(tag = "certifications", security(("bearer" = [])),
    params(("id" = MemberId, Path), PageIn), responses((status = 200, body = Page<CertificationOut>)))]
#[get("/members/{id}/certifications")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    (_trainer, reader): (Trainer, Reader),
    path: Path<MemberId>,
    query: Query<PageIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let out = app
        .store
        .read(move |db| {
            let member = people::contact(db, path.0)?.id;
            history(db, member, &page, (now, reader))
        })
        .await?;
    web::page(&req, &out)
}

fn history(
    db: &mut Db,
    member: MemberId,
    page: &PageRequest,
    (now, reader): (Instant, Reader),
) -> Result<Page<CertificationOut>> {
    let today = today(db, now)?;
    Ok(view::certifications(db, member, page)?.map(|view| CertificationOut::new(view, today, reader.locale)))
}

/// One certification, for its holder, trainers and staff.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(("id" = CertificationId, Path)),
    responses((status = 200, body = CertificationOut)))]
#[get("/certifications/{id}")]
pub async fn show(
    app: Data<App>,
    (caller, reader): (Member, Reader),
    path: Path<CertificationId>,
) -> Result<HttpResponse> {
    let now = app.now();
    let out = app
        .store
        .read(move |db| {
            let found = certifications::get(db, path.0)?;
            if found.member != caller.0.id && !caller.0.roles.is_trainer() {
                return Err(Error::refused(Code::NotFound));
            }
            let today = today(db, now)?;
            Ok(CertificationOut::new(view::certification(db, found)?, today, reader.locale))
        })
        .await?;
    web::ok(&out)
}

/// Gives a certification to somebody who learned elsewhere, or was examined in another way.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(("id" = MemberId, Path)),
    responses((status = 201, body = CertificationOut)))]
#[post("/members/{id}/certifications")]
pub async fn create(
    app: Data<App>,
    (caller, reader): (Trainer, Reader),
    path: Path<MemberId>,
    body: Json<CertificationIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let out = app
        .store
        .write(move |db| {
            let today = today(db, now)?;
            let grant = grant(db, &caller.0, (path.0, &body.0), today)?;
            let given = give(db, grant, Some(caller.0.id), now)?;
            Ok(CertificationOut::new(view::certification(db, given)?, today, reader.locale))
        })
        .await?;
    web::created(format!("/api/v1/certifications/{}", out.id), &out)
}

fn grant(
    db: &mut Db,
    caller: &Caller,
    (member, body): (MemberId, &CertificationIn),
    today: NaiveDate,
) -> Result<Grant> {
    let training = training_in(db, &body.training, "training")?;
    authority::over_training(db, caller, training.id)?;
    let furthest = today + Months::new(50 * 12);
    if body.valid_until.is_some_and(|last| last < today || furthest < last) {
        return Err(Error::field("valid_until", "certification_end"));
    }
    Ok(Grant {
        member,
        valid_until: body.valid_until.or_else(|| valid_until(today, training.valid_months)),
        training,
        note: Some(body.note.trim().to_owned()),
        session: None,
    })
}

/// Suspends a certification; answers the reservations ahead that this hurts.
///
/// With it go the others that the member has of this training.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(("id" = CertificationId, Path)),
    responses((status = 200, body = WithdrawnOut)))]
#[post("/certifications/{id}/suspension")]
pub async fn suspend(
    app: Data<App>,
    who: (Trainer, Reader),
    path: Path<CertificationId>,
    body: Json<WithdrawalIn>,
) -> Result<HttpResponse> {
    withdraw(&app, who, (path.0, body.0), withdraw::suspend).await
}

/// Lifts a suspension, for every certification that the member has of this training.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(("id" = CertificationId, Path)),
    responses((status = 200, body = CertificationOut)))]
#[delete("/certifications/{id}/suspension")]
pub async fn lift(
    app: Data<App>,
    (caller, reader): (Trainer, Reader),
    path: Path<CertificationId>,
) -> Result<HttpResponse> {
    let now = app.now();
    let out = app
        .store
        .write(move |db| {
            check(db, &caller.0, path.0)?;
            let lifted = withdraw::lift(db, path.0, caller.0.id, now)?;
            let today = today(db, now)?;
            Ok(CertificationOut::new(view::certification(db, lifted)?, today, reader.locale))
        })
        .await?;
    web::ok(&out)
}

/// Revokes a certification for ever; answers the reservations ahead that this hurts.
///
/// With it go the others that the member has of this training.
#[utoipa::path(tag = "certifications", security(("bearer" = [])), params(("id" = CertificationId, Path)),
    responses((status = 200, body = WithdrawnOut)))]
#[post("/certifications/{id}/revocation")]
pub async fn revoke(
    app: Data<App>,
    who: (Trainer, Reader),
    path: Path<CertificationId>,
    body: Json<WithdrawalIn>,
) -> Result<HttpResponse> {
    withdraw(&app, who, (path.0, body.0), withdraw::revoke).await
}

/// What withdraws a certification: for why, by whom, when.
type Withdraw = fn(&mut Db, CertificationId, &str, MemberId, Instant) -> Result<Withdrawn>;

async fn withdraw(
    app: &App,
    (Trainer(caller), reader): (Trainer, Reader),
    (id, body): (CertificationId, WithdrawalIn),
    verb: Withdraw,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        check(db, &caller, id)?;
        let done = verb(db, id, body.reason.trim(), caller.id, now)?;
        withdrawn(db, done, now, reader)
    });
    web::ok(&written.await?)
}

/// Only a trainer of that training, or staff, withdraws a certification.
fn check(db: &mut Db, caller: &Caller, id: CertificationId) -> Result<()> {
    let training = certifications::get(db, id)?.training;
    authority::over_training(db, caller, training)
}

fn withdrawn(db: &mut Db, done: Withdrawn, now: Instant, reader: Reader) -> Result<WithdrawnOut> {
    let today = today(db, now)?;
    let mut out = |one: Certification| -> Result<CertificationOut> {
        Ok(CertificationOut::new(view::certification(db, one)?, today, reader.locale))
    };
    let certification = out(done.certification)?;
    let also = done.also.into_iter().map(out).collect::<Result<_>>()?;
    Ok(WithdrawnOut { certification, also, affected: done.affected })
}
