//! Long lists, a page at a time: what is asked for, and the link to the next page (RFC 8288).

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{HeaderValue, LINK},
};
use anyhow::Context;
use serde::Serialize;
use url::form_urlencoded;

use super::{answer, links::Links};
use crate::kernel::{Error, FieldError, Page, PageRequest, Result, Value, page::unmark};

/// The page that `limit` and `after` of a query ask for.
///
/// ```
/// use etabli::web::page_request;
/// assert_eq!(page_request(None, None).unwrap().limit, 50);
/// assert!(page_request(Some(201), None).is_err());
/// assert!(page_request(None, Some("made up!")).is_err());
/// ```
pub fn page_request(limit: Option<u16>, after: Option<&str>) -> Result<PageRequest> {
    let limit = limit.unwrap_or(PageRequest::USUAL);
    if !(1..=PageRequest::MOST).contains(&limit) {
        let values = vec![("min", Value::Count(1)), ("max", Value::Count(PageRequest::MOST.into()))];
        return Err(Error::Invalid(vec![FieldError { path: "limit".into(), code: "range", values }]));
    }
    let Some(mark) = after else { return Ok(PageRequest { limit, after: None }) };
    match unmark(mark).filter(|key| !key.contains('\0')) {
        Some(key) => Ok(PageRequest { limit, after: Some(key) }),
        None => Err(Error::field("after", "invalid_value")),
    }
}

/// 200, the page, and a `Link` to the next one.
pub fn page<T: Serialize>(request: &HttpRequest, page: &Page<T>) -> Result<HttpResponse> {
    let mut response = answer::ok(page)?;
    if let Some(next) = &page.next {
        let link = HeaderValue::from_str(&format!("<{}>; rel=\"next\"", next_address(request, next)));
        response.headers_mut().insert(LINK, link.context("write a Link header")?);
    }
    Ok(response)
}

/// The same question, a page further.
fn next_address(request: &HttpRequest, next: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let kept = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name != "after");
    query.extend_pairs(kept).append_pair("after", next);
    format!("{}?{}", Links::of(request).to(request.path()), query.finish())
}
