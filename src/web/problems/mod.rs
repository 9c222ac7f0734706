//! What `type` of a problem leads to: a page that says what the code means, for whoever follows the link.

use actix_web::{HttpResponse, get};
use anyhow::Context;
use askama::Template;

use super::{path::Path, reader::Reader};
use crate::kernel::{Code, Error, Locale, Refusal, Result, words::say};

#[derive(Template)]
#[template(path = "web/problems/page.html")]
struct Page {
    locale: Locale,
    title: String,
    sentence: String,
    programs: String,
    code: &'static str,
    status: u16,
}

/// What a code means.
#[get("/problems/{code}")]
pub async fn show(code: Path<String>, reader: Reader) -> Result<HttpResponse> {
    let code: Code = code.0.parse().map_err(|_| Error::refused(Code::NotFound))?;
    let locale = reader.locale;
    let page = Page {
        locale,
        title: say(locale, &format!("title-{}", code.as_str()), &[]),
        sentence: Refusal::new(code).sentence(locale),
        programs: say(locale, "page-problem-programs", &[]),
        code: code.as_str(),
        status: code.status(),
    };
    let html = page.render().context("write the page of a problem")?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}
