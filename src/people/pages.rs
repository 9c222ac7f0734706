//! Where the links of letters lead: two small pages that work without a script.
//!
//! Looking at a page changes nothing, because programs that guard mailboxes open every link; pressing its button does.

use actix_web::{
    HttpResponse, get,
    http::StatusCode,
    post,
    web::{Data, Form},
};
use anyhow::Context;
use askama::Template;
use serde::Deserialize;

use super::{confirm as confirming, passwords::Password, reset as resetting, store};
use crate::{
    app::App,
    kernel::{Error, FieldError, Locale, Refusal, Result, words::say},
    web::{Path, Reader},
};

/// What the page to choose a password sends.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    password: Password,
}

#[derive(Template, Default)]
#[template(path = "people/pages/link.html")]
struct Link {
    locale: Locale,
    lab: String,
    title: String,
    sentences: Vec<String>,
    /// The words on the button; no form without it.
    button: Option<String>,
    /// The label of the field for a password, where there is one.
    password: Option<String>,
    /// What was wrong with what was sent.
    wrong: Option<String>,
}

/// Shows the button that confirms an address.
#[get("/confirm-email/{token}")]
pub async fn confirm_form(app: Data<App>, reader: Reader) -> Result<HttpResponse> {
    let words = |key| say(reader.locale, key, &[]);
    let page = Link {
        title: words("page-confirm_email-title"),
        sentences: vec![words("page-confirm_email-asks")],
        button: Some(words("page-confirm_email-button")),
        ..Link::default()
    };
    show(&app, reader, StatusCode::OK, page).await
}

/// Confirms an address.
#[post("/confirm-email/{token}")]
pub async fn confirm(app: Data<App>, reader: Reader, Path(token): Path<String>) -> Result<HttpResponse> {
    let done = confirming::confirm(&app, &token, app.now()).await;
    answer(&app, reader, done, "confirm_email").await
}

/// Shows the form to choose a password.
#[get("/reset-password/{token}")]
pub async fn reset_form(app: Data<App>, reader: Reader) -> Result<HttpResponse> {
    show(&app, reader, StatusCode::OK, choose_form(reader.locale, None)).await
}

/// Chooses a password.
#[post("/reset-password/{token}")]
pub async fn reset(
    app: Data<App>,
    reader: Reader,
    Path(token): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<HttpResponse> {
    match resetting::choose(&app, &token, &chosen.password, app.now()).await {
        Err(Error::Invalid(fields)) => {
            let page = choose_form(reader.locale, fields.first());
            show(&app, reader, StatusCode::UNPROCESSABLE_ENTITY, page).await
        }
        done => answer(&app, reader, done, "reset_password").await,
    }
}

fn choose_form(locale: Locale, wrong: Option<&FieldError>) -> Link {
    let words = |key| say(locale, key, &[]);
    Link {
        title: words("page-reset_password-title"),
        sentences: vec![words("page-reset_password-asks")],
        button: Some(words("page-reset_password-button")),
        password: Some(words("page-reset_password-label")),
        wrong: wrong.map(|field| say(locale, &format!("field-{}", field.code), &field.values)),
        ..Link::default()
    }
}

/// It is done, or the house says no; a fault goes its own way.
async fn answer(app: &App, reader: Reader, done: Result<()>, what: &str) -> Result<HttpResponse> {
    let locale = reader.locale;
    let (status, title, sentence) = match done {
        Ok(()) => {
            let done = say(locale, &format!("page-{what}-done"), &[]);
            (StatusCode::OK, done, say(locale, &format!("page-{what}-next"), &[]))
        }
        Err(Error::Refused(refusals)) => {
            let code = Error::Refused(refusals.clone()).code();
            let sentence =
                refusals.first().map(|refusal: &Refusal| refusal.sentence(locale)).unwrap_or_default();
            let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            (status, say(locale, &format!("title-{}", code.as_str()), &[]), sentence)
        }
        Err(other) => return Err(other),
    };
    show(app, reader, status, Link { title, sentences: vec![sentence], ..Link::default() }).await
}

async fn show(app: &App, reader: Reader, status: StatusCode, page: Link) -> Result<HttpResponse> {
    let house = app.store.read(store::house::find).await?;
    let lab = house.map_or_else(|| "Établi".to_owned(), |house| house.name);
    let page = Link { locale: reader.locale, lab, ..page };
    let html = page.render().context("write a page")?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html))
}
