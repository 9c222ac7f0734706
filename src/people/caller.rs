//! Who is calling. Having one of these extractors in its arguments *is* the proof a handler needs.
//!
//! A program shows `Authorization: Bearer <token>`; a browser shows its cookie and, to change anything, the token of
//! [`csrf`]. No session, or one that has ended: 401. A session of somebody without the role: 403.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::AUTHORIZATION, web::Data};
use chrono::TimeDelta;
use futures_util::{FutureExt, TryFutureExt, future::LocalBoxFuture};

use super::{model::Roles, rules, store};
use crate::{
    app::App,
    kernel::{Code, Error, Instant, Locale, MemberId, Result, SessionId, secret::Fingerprint},
    web::{csrf, reader},
};

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Which member.
    pub id: MemberId,
    /// What others call them.
    pub display_name: String,
    /// What they do besides making things.
    pub roles: Roles,
    /// Their language.
    pub locale: Locale,
    /// By which sign-in; nothing for the command line.
    pub session: Option<SessionId>,
}

/// Anybody: the page is public. Whoever is signed in reads it in their own language.
#[derive(Debug, Clone, Copy)]
pub struct Anybody;

/// Anybody, and who it is where somebody is signed in: the page is public and says more to a member.
#[derive(Debug, Clone)]
pub struct Perhaps(pub Option<Caller>);

/// Any member. A suspended one too: they still see their things, it is the gates that keep them from machines.
#[derive(Debug, Clone)]
pub struct Member(pub Caller);

/// Somebody who gives trainings: trainers, and staff, who stand in for them.
#[derive(Debug, Clone)]
pub struct Trainer(pub Caller);

/// Somebody who runs the lab: staff and admins.
#[derive(Debug, Clone)]
pub struct Staff(pub Caller);

/// Somebody who decides who does what.
#[derive(Debug, Clone)]
pub struct Admin(pub Caller);

/// What a request shows to prove who it comes from.
enum Shown {
    Nothing,
    Bearer(String),
    Cookie { token: String, csrf: Option<String> },
}

/// Reads who is calling. Whoever answers in their language waits until this is done.
fn caller(request: &HttpRequest) -> impl Future<Output = Result<Caller>> + use<> {
    let (request, promise) = (request.clone(), reader::promise(request));
    async move {
        let found = look_up(&request).await;
        drop(promise);
        found
    }
}

async fn look_up(request: &HttpRequest) -> Result<Caller> {
    let token = match shown(request) {
        Shown::Nothing => return Err(Error::refused(Code::Unauthenticated)),
        Shown::Bearer(token) => token,
        Shown::Cookie { token, csrf } => {
            csrf::check(request.method(), csrf.as_deref(), &token)?;
            token
        }
    };
    let app = request.app_data::<Data<App>>().ok_or_else(|| anyhow::anyhow!("the server has no App"))?;
    let (now, print) = (app.now(), Fingerprint::of(&token));
    let found = app.store.look(move |db| store::callers::behind(db, print, now)).await?;
    let (caller, seen) = found.ok_or_else(|| Error::refused(Code::Unauthenticated))?;
    reader::remember(request, caller.locale);
    if rules::worth_touching(seen, now) {
        live_on(app, &caller, now).await;
    }
    Ok(caller)
}

fn shown(request: &HttpRequest) -> Shown {
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        // Whoever shows a header means it: a cookie does not make up for a wrong one.
        let text = header.to_str().unwrap_or_default();
        return match text.split_once(' ') {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                Shown::Bearer(token.trim().to_owned())
            }
            Some(_) | None => Shown::Nothing,
        };
    }
    let Some(cookie) = request.cookie(csrf::COOKIE) else { return Shown::Nothing };
    let csrf = request.headers().get(csrf::HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Shown::Cookie { token: cookie.value().to_owned(), csrf }
}

/// A session that is used lives on. If that cannot be written now, it will be next time: the request goes on.
async fn live_on(app: &App, caller: &Caller, now: Instant) {
    let Some(session) = caller.session else { return };
    let expires_at = now + life(app);
    let touched = app.store.write(move |db| store::sessions::touch(db, session, now, expires_at)).await;
    if touched.is_err() {
        tracing::warn!(%session, "could not write down that a session was seen");
    }
}

/// How long a session lives after it was last seen.
pub(super) fn life(app: &App) -> TimeDelta {
    TimeDelta::days(i64::from(app.config.sessions.days))
}

/// Whether a request is signed in by its cookie, which then has to go when it signs out.
pub(super) fn cookie_is_shown(request: &HttpRequest) -> bool {
    matches!(shown(request), Shown::Cookie { .. })
}

fn only(caller: Caller, may: impl Fn(&Roles) -> bool) -> Result<Caller> {
    if may(&caller.roles) { Ok(caller) } else { Err(Error::refused(Code::Forbidden)) }
}

impl FromRequest for Anybody {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A session that has ended keeps nobody from what everybody may read.
        caller(request).map(|_| Ok(Self)).boxed_local()
    }
}

impl FromRequest for Perhaps {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // A session that has ended keeps nobody from what everybody may read; a fault is one for a member too.
        let whoever = caller(request).map(|found| match found {
            Err(Error::Refused(_)) => Ok(Self(None)),
            other => other.map(|caller| Self(Some(caller))),
        });
        whoever.boxed_local()
    }
}

impl FromRequest for Member {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        caller(request).map_ok(Self).boxed_local()
    }
}

impl FromRequest for Trainer {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = caller(request);
        Box::pin(async move { only(caller.await?, Roles::is_trainer).map(Self) })
    }
}

impl FromRequest for Staff {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = caller(request);
        Box::pin(async move { only(caller.await?, Roles::is_staff).map(Self) })
    }
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = caller(request);
        Box::pin(async move { only(caller.await?, Roles::is_admin).map(Self) })
    }
}
