//! Becoming a member, and coming back without a password.

use std::time::Duration;

use actix_web::{HttpResponse, post, web::Data};
use chrono::NaiveDate;
use serde::Deserialize;

use super::outs::NoticeOut;
use crate::{
    app::App,
    kernel::{EmailAddress, Locale, Result, words},
    people::{
        confirm,
        model::{Audience, Details},
        passwords::Password,
        reset,
        sign_up::{self, Acceptance, Application},
    },
    web::{self, Check, Fields, Json, Path, Reader},
};

/// Whether or not there is such a member, the answer takes at least so long: both look the same from outside.
const SAME_TIME: Duration = Duration::from_millis(150);

/// What to fill in to become a member.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUpIn {
    /// Where letters go; to be confirmed by one.
    email: EmailAddress,
    /// At least 15 characters of any kind, and not one that is easily guessed.
    #[schema(value_type = String, format = Password, min_length = 15, max_length = 1024)]
    password: Password,
    /// The name others see.
    #[schema(min_length = 1, max_length = 120)]
    display_name: String,
    /// The language of letters; that of the request where absent.
    locale: Option<Locale>,
    birth_date: Option<NaiveDate>,
    #[schema(max_length = 120)]
    commune: Option<String>,
    audience: Option<Audience>,
    /// `true` for the house rules in force, or their version.
    accepts_charter: Option<Acceptance>,
}

/// The link of a letter.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmationIn {
    /// What stands at the end of the link.
    #[schema(max_length = 200)]
    token: String,
}

/// Who forgot a password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetIn {
    email: EmailAddress,
}

/// A new password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPasswordIn {
    /// At least 15 characters of any kind, and not one that is easily guessed.
    #[schema(value_type = String, format = Password, min_length = 15, max_length = 1024)]
    password: Password,
}

impl Check for SignUpIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("display_name", self.display_name.trim(), 1..=120);
        fields.length_if("commune", self.commune.as_deref(), 0..=120);
    }
}

impl Check for ConfirmationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("token", &self.token, 1..=200);
    }
}

impl Check for ResetIn {}
impl Check for NewPasswordIn {}

/// Signs up. The answer is the same whether or not the address has an account already; the letter is not.
#[utoipa::path(tag = "people", request_body = SignUpIn, responses((status = 202, body = NoticeOut)))]
#[post("/members")]
pub async fn join(app: Data<App>, Json(wanted): Json<SignUpIn>, reader: Reader) -> Result<HttpResponse> {
    let application = Application {
        email: wanted.email,
        password: wanted.password,
        details: Details {
            display_name: wanted.display_name.trim().to_owned(),
            locale: wanted.locale.unwrap_or(reader.locale),
            birth_date: wanted.birth_date,
            commune: wanted.commune.filter(|text| !text.trim().is_empty()),
            audience: wanted.audience,
        },
        charter: wanted.accepts_charter,
    };
    let now = app.now();
    in_the_same_time(sign_up::sign_up(&app, application, now)).await?;
    notice(reader, "notice-signed_up")
}

/// Confirms an address with the link of a letter.
#[utoipa::path(tag = "people", request_body = ConfirmationIn, responses((status = 204)))]
#[post("/members/confirmations")]
pub async fn prove(app: Data<App>, Json(link): Json<ConfirmationIn>) -> Result<HttpResponse> {
    confirm::confirm(&app, &link.token, app.now()).await?;
    web::no_content()
}

/// Asks for a letter with a link to choose a new password. The answer is the same whether or not there is such a member.
#[utoipa::path(tag = "people", request_body = ResetIn, responses((status = 202, body = NoticeOut)))]
#[post("/password-resets")]
pub async fn forgot(app: Data<App>, Json(who): Json<ResetIn>, reader: Reader) -> Result<HttpResponse> {
    let now = app.now();
    in_the_same_time(reset::ask(&app, who.email, now)).await?;
    notice(reader, "notice-reset_asked")
}

/// Chooses a new password with the link of a letter; every sign-in of the member ends.
#[utoipa::path(
    tag = "people", request_body = NewPasswordIn, responses((status = 204)),
    params(("token" = String, Path, description = "What stands at the end of the link"))
)]
#[post("/password-resets/{token}")]
pub async fn choose(
    app: Data<App>,
    Path(token): Path<String>,
    Json(chosen): Json<NewPasswordIn>,
) -> Result<HttpResponse> {
    reset::choose(&app, &token, &chosen.password, app.now()).await?;
    web::no_content()
}

fn notice(reader: Reader, key: &str) -> Result<HttpResponse> {
    web::accepted(&NoticeOut { detail: words::say(reader.locale, key, &[]) })
}

async fn in_the_same_time<T>(work: impl Future<Output = T>) -> T {
    let (done, ()) = futures_util::future::join(work, tokio::time::sleep(SAME_TIME)).await;
    done
}
