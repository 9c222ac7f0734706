//! What members see and change of themselves.

use actix_web::{HttpRequest, HttpResponse, get, patch, web::Data};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::outs::{MemberOut, MembershipOut};
use crate::{
    app::App,
    kernel::{Locale, Patch, Result},
    people::{
        caller::Member,
        model::Audience,
        passwords::Password,
        profile::{self, Changes},
        sign_up::Acceptance,
        store,
    },
    web::{self, Check, Fields, IfMatch, Json, etag},
};

/// Changes to one's own account; what is absent stays as it is.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeIn {
    #[serde(default)]
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    display_name: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Locale)]
    locale: Patch<Locale>,
    /// Only where none is known yet.
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
    /// `true` for the house rules in force, or their version.
    #[serde(default)]
    #[schema(value_type = Acceptance)]
    accepts_charter: Patch<Acceptance>,
    /// A new password; every other sign-in ends.
    #[serde(default)]
    #[schema(value_type = String, format = Password, min_length = 15, max_length = 1024)]
    password: Patch<Password>,
    /// The password so far; needed with a new one.
    #[serde(default)]
    #[schema(value_type = String, format = Password)]
    current_password: Patch<Password>,
}

/// Memberships of one member.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MembershipsOut {
    /// The newest first.
    items: Vec<MembershipOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

impl MembershipsOut {
    /// These memberships, on one page.
    #[must_use]
    pub fn new(held: Vec<crate::people::model::Membership>) -> Self {
        Self { items: held.into_iter().map(MembershipOut::from).collect(), next: None }
    }
}

impl Check for MeIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("display_name", self.display_name.get().map(|text| text.trim()), 1..=120);
        fields.length_if("commune", self.commune.value().map(String::as_str), 0..=120);
        let together = self.password.is_set() == self.current_password.is_set();
        let missing = if self.password.is_set() { "current_password" } else { "password" };
        fields.require(together, missing, "required");
    }
}

/// A text without the spaces around it, unless there is nothing else in it.
pub(super) fn trimmed(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The caller's own account.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses((status = 200, body = MemberOut)))]
#[get("/me")]
pub async fn show(app: Data<App>, req: HttpRequest, Member(caller): Member) -> Result<HttpResponse> {
    let member = app.store.read(move |db| store::members::get(db, caller.id)).await?;
    etag::respond(&req, &profile::tag_of(&member), || Ok(MemberOut::from(&member)))
}

/// Changes the caller's own account.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), request_body = MeIn, responses((status = 200, body = MemberOut))
)]
#[patch("/me")]
pub async fn change(
    app: Data<App>,
    Member(caller): Member,
    unchanged: IfMatch,
    Json(wanted): Json<MeIn>,
) -> Result<HttpResponse> {
    let changes = Changes {
        display_name: wanted.display_name.into_option().map(|text| text.trim().to_owned()),
        locale: wanted.locale.into_option(),
        birth_date: wanted.birth_date.into_option(),
        commune: wanted.commune.into_option().map(|text| text.as_deref().and_then(trimmed)),
        audience: wanted.audience.into_option(),
        accepts_charter: wanted.accepts_charter.into_option(),
        password: wanted.password.into_option().zip(wanted.current_password.into_option()),
    };
    let member = profile::change(&app, &caller, (changes, unchanged), app.now()).await?;
    etag::tagged(web::ok(&MemberOut::from(&member))?, &profile::tag_of(&member))
}

/// The caller's memberships, past ones included.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses((status = 200, body = MembershipsOut)))]
#[get("/me/memberships")]
pub async fn memberships(app: Data<App>, Member(caller): Member) -> Result<HttpResponse> {
    let held = app.store.read(move |db| store::memberships::list(db, caller.id)).await?;
    web::ok(&MembershipsOut::new(held))
}
