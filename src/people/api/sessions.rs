//! Signing in and out.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time},
    delete, get,
    http::header::USER_AGENT,
    post,
    web::Data,
};
use anyhow::Context;
use serde::{Deserialize, Serialize};

use super::outs::{MemberOut, SessionOut};
use crate::{
    app::App,
    kernel::{Code, EmailAddress, Error, Instant, Result, SessionId},
    people::{
        caller::{self, Member},
        model::SignedIn,
        passwords::Password,
        sessions,
        sign_in::{self, Attempt},
    },
    web::{self, Check, Json, Path, Problem, csrf},
};

/// Somebody at the door.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInIn {
    email: EmailAddress,
    #[schema(value_type = String, format = Password)]
    password: Password,
    /// For browsers: keep the token in a cookie that no script can read, and answer a token for `X-CSRF-Token`.
    #[serde(default)]
    cookie: bool,
}

/// A sign-in that succeeded.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SignInOut {
    /// For `Authorization: Bearer …`; told only now. Absent where a cookie holds it.
    token: Option<String>,
    /// For the header `X-CSRF-Token`, where a cookie holds the token.
    csrf_token: Option<String>,
    /// When the sign-in ends by itself, unless it is used.
    expires_at: Instant,
    member: MemberOut,
}

/// Where somebody is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionsOut {
    items: Vec<SessionOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

impl Check for SignInIn {}

/// Signs in. After several wrong passwords for one address the next try has to wait, longer each time.
#[utoipa::path(
    tag = "people", request_body = SignInIn,
    responses(
        (status = 201, body = SignInOut),
        (status = 401, body = Problem, content_type = "application/problem+json", description = "No such address and password"),
    )
)]
#[post("/sessions")]
pub async fn enter(app: Data<App>, req: HttpRequest, Json(who): Json<SignInIn>) -> Result<HttpResponse> {
    let label = req.headers().get(USER_AGENT).and_then(|text| text.to_str().ok()).map(str::to_owned);
    let attempt = Attempt { email: who.email, password: who.password, label };
    let signed_in = sign_in::sign_in(&app, attempt, app.now()).await?;
    let token = signed_in.token.reveal();
    let out = SignInOut {
        token: (!who.cookie).then(|| token.to_owned()),
        csrf_token: who.cookie.then(|| csrf::token(token)),
        expires_at: signed_in.session.expires_at,
        member: MemberOut::from(&signed_in.member),
    };
    let mut answer = web::created(format!("/api/v1/me/sessions/{}", signed_in.session.id), &out)?;
    if who.cookie {
        answer.add_cookie(&cookie_of(&app, &signed_in)).context("write a cookie")?;
    }
    Ok(web::not_kept(answer))
}

/// Signs out.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses((status = 204)))]
#[delete("/sessions/current")]
pub async fn leave(app: Data<App>, req: HttpRequest, Member(caller): Member) -> Result<HttpResponse> {
    let session = caller.session.ok_or_else(|| Error::refused(Code::NotFound))?;
    sessions::end(&app, &caller, session).await?;
    let mut answer = web::no_content()?;
    if caller::cookie_is_shown(&req) {
        answer
            .add_removal_cookie(&Cookie::build(csrf::COOKIE, "").path("/").finish())
            .context("take a cookie away")?;
    }
    Ok(answer)
}

/// Where the caller is signed in.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses((status = 200, body = SessionsOut)))]
#[get("/me/sessions")]
pub async fn list(app: Data<App>, Member(caller): Member) -> Result<HttpResponse> {
    let live = sessions::list(&app, &caller, app.now()).await?;
    let items = live.into_iter().map(|session| SessionOut::new(session, caller.session)).collect();
    web::ok(&SessionsOut { items, next: None })
}

/// Ends one of the caller's sign-ins.
#[utoipa::path(
    tag = "people", security(("bearer" = [])), responses((status = 204)),
    params(("id" = SessionId, Path, description = "One of `GET /me/sessions`"))
)]
#[delete("/me/sessions/{id}")]
pub async fn revoke(
    app: Data<App>,
    Member(caller): Member,
    Path(id): Path<SessionId>,
) -> Result<HttpResponse> {
    sessions::end(&app, &caller, id).await?;
    web::no_content()
}

fn cookie_of(app: &App, signed_in: &SignedIn) -> Cookie<'static> {
    let life = signed_in.session.expires_at - signed_in.session.created_at;
    Cookie::build(csrf::COOKIE, signed_in.token.reveal().to_owned())
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(app.config.public_url.starts_with("https://"))
        .max_age(time::Duration::seconds(life.num_seconds()))
        .finish()
}
