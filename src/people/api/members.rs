//! What staff see and change of members.

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web::Data};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{me::trimmed, outs::MemberOut};
use crate::{
    app::App,
    kernel::{Instant, Locale, MemberId, Page, Patch, Result},
    people::{
        administer::{self, Corrections, Measure},
        caller::Staff,
        model::{Audience, Member, Role},
        profile::tag_of,
        store,
    },
    web::{self, Check, Fields, IfMatch, Json, Path, Query, etag},
};

/// Which members to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchIn {
    /// How words of the name or the address begin, in any order, without regard to accents.
    q: Option<String>,
    /// Only those who have this role.
    #[param(inline)]
    role: Option<Role>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Corrections to a member; what is absent stays as it is.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberIn {
    #[serde(default)]
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    display_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Locale)]
    locale: Patch<Locale>,
    /// Null takes it away: it was wrong, and the right one is not known.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    birth_date: Patch<Option<NaiveDate>>,
    /// An empty text or null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 120)]
    commune: Patch<Option<String>>,
    /// Null takes it away.
    #[serde(default)]
    #[schema(value_type = Option<Audience>)]
    audience: Patch<Option<Audience>>,
    /// Exactly these roles; only admins may give and take them.
    #[serde(default)]
    #[schema(value_type = Vec<Role>)]
    roles: Patch<Vec<Role>>,
}

/// Why somebody may use no machine.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionIn {
    /// In words the member reads.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
    /// First instant when it no longer holds; absent: until somebody lifts it.
    until: Option<Instant>,
}

/// Who signed for a minor.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentIn {
    #[schema(min_length = 1, max_length = 120)]
    guardian_name: String,
    /// The day of the signature; today where absent.
    signed_on: Option<NaiveDate>,
}

impl Check for SearchIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("q", self.q.as_deref(), 0..=200);
    }
}

impl Check for MemberIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("display_name", self.display_name.get().map(|text| text.trim()), 1..=120);
        fields.length_if("commune", self.commune.value().map(String::as_str), 0..=120);
    }
}

impl Check for SuspensionIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=1000);
    }
}

impl Check for ConsentIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("guardian_name", self.guardian_name.trim(), 1..=120);
    }
}

/// Members, by name.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), params(SearchIn), responses((status = 200, body = Page<MemberOut>))
)]
#[get("/members")]
pub async fn list(
    app: Data<App>,
    req: HttpRequest,
    _: Staff,
    Query(wanted): Query<SearchIn>,
) -> Result<HttpResponse> {
    let page = web::page_request(wanted.limit, wanted.after.as_deref())?;
    let found = app
        .store
        .read(move |db| {
            let members = store::members::search(db, &wanted.q.unwrap_or_default(), wanted.role, &page)?;
            Ok(page.page(members, store::members::key_of))
        })
        .await?;
    web::page(&req, &found.map(|member| MemberOut::from(&member)))
}

/// One member.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), responses((status = 200, body = MemberOut)),
    params(("id" = MemberId, Path, description = "Which member"))
)]
#[get("/members/{id}")]
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    _: Staff,
    Path(id): Path<MemberId>,
) -> Result<HttpResponse> {
    let member = app.store.read(move |db| store::members::get(db, id)).await?;
    etag::respond(&req, &tag_of(&member), || Ok(MemberOut::from(&member)))
}

/// Corrects what is known about a member.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = MemberIn, responses((status = 200, body = MemberOut)),
    params(("id" = MemberId, Path, description = "Which member"))
)]
#[patch("/members/{id}")]
pub async fn correct(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<MemberId>,
    unchanged: IfMatch,
    Json(wanted): Json<MemberIn>,
) -> Result<HttpResponse> {
    let changes = Corrections {
        display_name: wanted.display_name.into_option().map(|text| text.trim().to_owned()),
        locale: wanted.locale.into_option(),
        birth_date: wanted.birth_date.into_option(),
        commune: wanted.commune.into_option().map(|text| text.as_deref().and_then(trimmed)),
        audience: wanted.audience.into_option(),
        roles: wanted.roles.into_option().map(|roles| roles.into_iter().collect()),
    };
    tagged(&administer::correct(&app, &staff, id, (changes, unchanged), app.now()).await?)
}

/// Suspends a member: they still sign in and see their things, and use no machine.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = SuspensionIn,
    responses((status = 200, body = MemberOut)), params(("id" = MemberId, Path, description = "Which member"))
)]
#[post("/members/{id}/suspension")]
pub async fn suspend(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<MemberId>,
    Json(wanted): Json<SuspensionIn>,
) -> Result<HttpResponse> {
    let measure = Measure::Suspend { until: wanted.until, reason: wanted.reason.trim().to_owned() };
    tagged(&administer::take(&app, &staff, id, measure, app.now()).await?)
}

/// Lifts a suspension.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), responses((status = 204)),
    params(("id" = MemberId, Path, description = "Which member"))
)]
#[delete("/members/{id}/suspension")]
pub async fn lift(app: Data<App>, Staff(staff): Staff, Path(id): Path<MemberId>) -> Result<HttpResponse> {
    administer::take(&app, &staff, id, Measure::Lift, app.now()).await?;
    web::no_content()
}

/// Notes that a guardian signed for a minor.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = ConsentIn, responses((status = 200, body = MemberOut)),
    params(("id" = MemberId, Path, description = "Which member"))
)]
#[post("/members/{id}/guardian-consent")]
pub async fn consent(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<MemberId>,
    Json(wanted): Json<ConsentIn>,
) -> Result<HttpResponse> {
    let measure = Measure::Consent {
        guardian_name: wanted.guardian_name.trim().to_owned(),
        signed_on: wanted.signed_on,
    };
    tagged(&administer::take(&app, &staff, id, measure, app.now()).await?)
}

fn tagged(member: &Member) -> Result<HttpResponse> {
    etag::tagged(web::ok(&MemberOut::from(member))?, &tag_of(member))
}
