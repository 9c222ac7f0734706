//! Plans over HTTP.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, web::Data};
use serde::{Deserialize, Serialize};

use super::outs::PlanOut;
use crate::{
    app::App,
    kernel::{Name, NamePatch, Patch, Result},
    people::{caller::Staff, model::Terms, plans},
    web::{self, Check, Fields, IfMatch, Json, Path, etag},
};

/// A plan to be made.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanIn {
    /// Small letters, digits and hyphens.
    #[schema(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$", max_length = 64)]
    slug: String,
    name: Name,
    /// How many days a membership lasts, the first included.
    #[schema(minimum = 1, maximum = 3660)]
    duration_days: i32,
    /// Minutes a week on one machine; absent: no limit.
    #[schema(minimum = 1, maximum = 10080)]
    weekly_minutes: Option<i32>,
    /// Live reservations ahead; absent: no limit.
    #[schema(minimum = 1, maximum = 1000)]
    reservations_ahead: Option<i32>,
    /// Whether it opens the hours without staff.
    #[serde(default)]
    unstaffed_hours: bool,
}

/// Changes to a plan; what is absent stays as it is, and null takes a limit away.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanChangeIn {
    #[serde(default)]
    #[schema(value_type = NamePatch)]
    name: Patch<NamePatch>,
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 3660)]
    duration_days: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 10080)]
    weekly_minutes: Patch<Option<i32>>,
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 1000)]
    reservations_ahead: Patch<Option<i32>>,
    #[serde(default)]
    #[schema(value_type = bool)]
    unstaffed_hours: Patch<bool>,
    /// Whether new memberships are given under it.
    #[serde(default)]
    #[schema(value_type = bool)]
    active: Patch<bool>,
}

/// Every plan.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlansOut {
    items: Vec<PlanOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

impl Check for PlanIn {
    fn check(&self, fields: &mut Fields) {
        let slug = self.slug.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        fields.require(slug && self.slug.len() <= 64, "slug", "slug_malformed");
        check_name(fields, &self.name.clone().into());
        fields.within("duration_days", self.duration_days, 1..=3660);
        check_limits(fields, (self.weekly_minutes, self.reservations_ahead));
    }
}

impl Check for PlanChangeIn {
    fn check(&self, fields: &mut Fields) {
        check_name(fields, self.name.get().unwrap_or(&NamePatch::default()));
        if let Some(days) = self.duration_days.get() {
            fields.within("duration_days", *days, 1..=3660);
        }
        check_limits(
            fields,
            (self.weekly_minutes.value().copied(), self.reservations_ahead.value().copied()),
        );
    }
}

fn check_name(fields: &mut Fields, name: &NamePatch) {
    fields.length_if("name.fr", name.fr.get().map(|text| text.trim()), 1..=120);
    fields.length_if("name.en", name.en.get().map(|text| text.trim()), 1..=120);
}

fn check_limits(fields: &mut Fields, limits: (Option<i32>, Option<i32>)) {
    if let Some(minutes) = limits.0 {
        fields.within("weekly_minutes", minutes, 1..=10_080);
    }
    if let Some(ahead) = limits.1 {
        fields.within("reservations_ahead", ahead, 1..=1000);
    }
}

impl PlanChangeIn {
    fn apply(&self, terms: &mut Terms) {
        self.name.clone().into_option().unwrap_or_default().apply(&mut terms.name);
        self.duration_days.apply(&mut terms.duration_days);
        self.weekly_minutes.apply(&mut terms.weekly_minutes);
        self.reservations_ahead.apply(&mut terms.reservations_ahead);
        self.unstaffed_hours.apply(&mut terms.unstaffed_hours);
        self.active.apply(&mut terms.active);
    }
}

/// What memberships are given under.
#[utoipa::path(tag = "people", responses((status = 200, body = PlansOut)))]
#[get("/plans")]
pub async fn list(app: Data<App>) -> Result<HttpResponse> {
    let plans = app.store.read(plans::list).await?;
    web::ok(&PlansOut { items: plans.into_iter().map(PlanOut::from).collect(), next: None })
}

/// One plan.
#[utoipa::path(
    tag = "people", responses((status = 200, body = PlanOut)),
    params(("plan" = String, Path, description = "Slug or identifier"))
)]
#[get("/plans/{plan}")]
pub async fn show(app: Data<App>, req: HttpRequest, Path(plan): Path<String>) -> Result<HttpResponse> {
    let plan = app.store.read(move |db| plans::get(db, &plan)).await?;
    let tag = plans::tag_of(&plan);
    etag::respond(&req, &tag, || Ok(PlanOut::from(plan)))
}

/// Makes a plan.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = PlanIn, responses((status = 201, body = PlanOut))
)]
#[post("/plans")]
pub async fn make(app: Data<App>, Staff(staff): Staff, Json(wanted): Json<PlanIn>) -> Result<HttpResponse> {
    let now = app.now();
    let terms = Terms {
        name: wanted.name,
        duration_days: wanted.duration_days,
        weekly_minutes: wanted.weekly_minutes,
        reservations_ahead: wanted.reservations_ahead,
        unstaffed_hours: wanted.unstaffed_hours,
        active: true,
    };
    let made = app.store.write(move |db| plans::make(db, &staff, (&wanted.slug, &terms), now)).await?;
    let tag = plans::tag_of(&made);
    etag::tagged(web::created(format!("/api/v1/plans/{}", made.slug), &PlanOut::from(made))?, &tag)
}

/// Changes a plan; memberships given before keep their days.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = PlanChangeIn, responses((status = 200, body = PlanOut)),
    params(("plan" = String, Path, description = "Slug or identifier"))
)]
#[patch("/plans/{plan}")]
pub async fn change(
    app: Data<App>,
    Staff(staff): Staff,
    Path(plan): Path<String>,
    unchanged: IfMatch,
    Json(wanted): Json<PlanChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let changed = app
        .store
        .write(move |db| plans::change(db, &staff, (&plan, &unchanged), |terms| wanted.apply(terms), now))
        .await?;
    let tag = plans::tag_of(&changed);
    etag::tagged(web::ok(&PlanOut::from(changed))?, &tag)
}
