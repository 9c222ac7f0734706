//! What members see and change of themselves.

use actix_web::{HttpRequest, HttpResponse, get, patch, web::Data};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::outs::{MemberOut, MembershipOut};
use crate::{
    app::App,
    kernel::{Locale, Result},
    people::{
        caller::Member,
        model::Audience,
        passwords::Password,
        profile::{self, Changes},
        sign_up::Acceptance,
        store,
    },
    web::{self, Check, Fields, IfMatch, Json, etag, present},
};

/// Changes to one's own account; what is absent stays as it is.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeIn {
    #[schema(min_length = 1, max_length = 120)]
    display_name: Option<String>,
    locale: Option<Locale>,
    /// Only where none is known yet.
    birth_date: Option<NaiveDate>,
    /// An empty text or null takes it away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>, max_length = 120)]
    commune: Option<Option<String>>,
    /// Null takes it away.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Audience>)]
    audience: Option<Option<Audience>>,
    /// `true` for the house rules in force, or their version.
    accepts_charter: Option<Acceptance>,
    /// A new password; every other sign-in ends.
    #[schema(value_type = Option<String>, format = Password, min_length = 15, max_length = 1024)]
    password: Option<Password>,
    /// The password so far; needed with a new one.
    #[schema(value_type = Option<String>, format = Password)]
    current_password: Option<Password>,
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
        fields.length_if("display_name", self.display_name.as_deref().map(str::trim), 1..=120);
        fields.length_if("commune", self.commune.as_ref().and_then(Option::as_deref), 0..=120);
        let together = self.password.is_some() == self.current_password.is_some();
        let missing = if self.password.is_some() { "current_password" } else { "password" };
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
        display_name: wanted.display_name.map(|text| text.trim().to_owned()),
        locale: wanted.locale,
        birth_date: wanted.birth_date,
        commune: wanted.commune.map(|text| text.as_deref().and_then(trimmed)),
        audience: wanted.audience,
        accepts_charter: wanted.accepts_charter,
        password: wanted.password.zip(wanted.current_password),
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
