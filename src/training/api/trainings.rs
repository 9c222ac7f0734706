//! `/trainings`.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, put, web::Data};
use serde::Deserialize;

use super::{
    PageIn,
    out::{TrainersOut, TrainingOut},
    training_at,
};
use crate::{
    app::App,
    kernel::{Locale, Name, NamePatch, Page, Patch, Result},
    people::caller::{Anybody, Staff},
    training::{
        appoint::appoint,
        define::{self, Change, Draft},
        view::{self, TrainingView},
    },
    web::{self, Check, Fields, IfMatch, Json, Path, Query, Reader, Tag, etag},
};

/// A training to be made.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingIn {
    /// Lower-case words joined by hyphens.
    #[schema(
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
        example = "securite-bois"
    )]
    slug: String,
    name: Name,
    /// How many months a certification holds; for ever if absent.
    #[schema(minimum = 1, maximum = 120)]
    valid_months: Option<i32>,
}

/// What changes in a training; what is absent stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingChangeIn {
    #[serde(default)]
    #[schema(
        value_type = String,
        min_length = 1,
        max_length = 60,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"
    )]
    slug: Patch<String>,
    #[serde(default)]
    #[schema(value_type = NamePatch)]
    name: Patch<NamePatch>,
    /// For certifications given from now on; null for ever.
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 120)]
    valid_months: Patch<Option<i32>>,
}

/// Who may give a training.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainersIn {
    /// Identifiers or e-mail addresses.
    #[schema(max_items = 100)]
    members: Vec<String>,
}

impl Check for TrainingIn {
    fn check(&self, fields: &mut Fields) {
        fields.slug("slug", &self.slug);
        check_name(&self.name.clone().into(), fields);
        check_months(self.valid_months, fields);
    }
}

impl Check for TrainingChangeIn {
    fn check(&self, fields: &mut Fields) {
        if let Some(slug) = self.slug.get() {
            fields.slug("slug", slug);
        }
        check_name(self.name.get().unwrap_or(&NamePatch::default()), fields);
        check_months(self.valid_months.value().copied(), fields);
    }
}

impl Check for TrainersIn {
    fn check(&self, fields: &mut Fields) {
        fields.within("members", i64::try_from(self.members.len()).unwrap_or(i64::MAX), 0..=100);
    }
}

fn check_name(name: &NamePatch, fields: &mut Fields) {
    fields.length_if("name.fr", name.fr.get().map(String::as_str), 1..=120);
    fields.length_if("name.en", name.en.get().map(String::as_str), 1..=120);
}

fn check_months(months: Option<i32>, fields: &mut Fields) {
    if let Some(months) = months {
        fields.within("valid_months", months, 1..=120);
    }
}

/// Every training, and the machines that ask for it.
#[utoipa::path(tag = "trainings", params(PageIn), responses((status = 200, body = Page<TrainingOut>)))]
#[get("/trainings")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    query: Query<PageIn>,
    (_anybody, reader): (Anybody, Reader),
) -> Result<HttpResponse> {
    let page = web::page_request(query.0.limit, query.0.after.as_deref())?;
    let found = app.store.read(move |db| view::trainings(db, &page)).await?;
    web::page(&req, &found.map(|view| TrainingOut::new(view, reader.locale)))
}

/// One training.
#[utoipa::path(tag = "trainings", params(("t" = String, Path, description = "Slug or identifier.")),
    responses((status = 200, body = TrainingOut)))]
#[get("/trainings/{t}")]
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    path: Path<String>,
    (_anybody, reader): (Anybody, Reader),
) -> Result<HttpResponse> {
    let found = app.store.read(move |db| view::training(db, &path.0)).await?;
    etag::respond(&req, &tag(&found, reader.locale)?, || Ok(TrainingOut::new(found, reader.locale)))
}

/// The version of a training as readers hold it.
fn tag(view: &TrainingView, locale: Locale) -> Result<Tag> {
    let tag = etag::of(view.training.version, |locale| TrainingOut::new(view.clone(), locale))?;
    Ok(tag.in_language(locale))
}

/// Makes a training.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), responses((status = 201, body = TrainingOut)))]
#[post("/trainings")]
pub async fn create(
    app: Data<App>,
    staff: Staff,
    reader: Reader,
    body: Json<TrainingIn>,
) -> Result<HttpResponse> {
    let (now, by) = (app.now(), Some(staff.0.id));
    let TrainingIn { slug, name, valid_months } = body.0;
    let draft = Draft { slug, name, valid_months };
    let made = app
        .store
        .write(move |db| {
            let training = define::create(db, &draft, by, now)?;
            view::training(db, &training.slug)
        })
        .await?;
    let (tag, out) = (tag(&made, reader.locale)?, TrainingOut::new(made, reader.locale));
    etag::tagged(web::created(format!("/api/v1/trainings/{}", out.slug), &out)?, &tag)
}

/// Changes a training. Certifications already given keep their last day.
#[utoipa::path(tag = "trainings", security(("bearer" = [])),
    params(("t" = String, Path, description = "Slug or identifier.")),
    responses((status = 200, body = TrainingOut)))]
#[patch("/trainings/{t}")]
pub async fn change(
    app: Data<App>,
    (staff, reader): (Staff, Reader),
    path: Path<String>,
    held: IfMatch,
    body: Json<TrainingChangeIn>,
) -> Result<HttpResponse> {
    let (now, by) = (app.now(), Some(staff.0.id));
    let TrainingChangeIn { slug, name, valid_months } = body.0;
    let name = name.into_option().unwrap_or_default();
    let wanted = Change { slug, name, valid_months };
    let changed = app
        .store
        .write(move |db| {
            let before = view::training(db, &path.0)?;
            held.allows(&tag(&before, reader.locale)?)?;
            let after = define::change(db, before.training, &wanted, by, now)?;
            view::training(db, &after.slug)
        })
        .await?;
    let tag = tag(&changed, reader.locale)?;
    etag::tagged(web::ok(&TrainingOut::new(changed, reader.locale))?, &tag)
}

/// From now on exactly these members give the training.
#[utoipa::path(tag = "trainings", security(("bearer" = [])),
    params(("t" = String, Path, description = "Slug or identifier.")),
    responses((status = 200, body = TrainersOut)))]
#[put("/trainings/{t}/trainers")]
pub async fn set_trainers(
    app: Data<App>,
    staff: Staff,
    path: Path<String>,
    body: Json<TrainersIn>,
) -> Result<HttpResponse> {
    let (now, by) = (app.now(), Some(staff.0.id));
    let trainers = app
        .store
        .write(move |db| {
            let training = training_at(db, &path.0)?;
            appoint(db, &training, &body.0.members, by, now)
        })
        .await?;
    web::ok(&TrainersOut::new(trainers))
}
