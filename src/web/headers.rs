//! The headers of every answer.

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{
        CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, ETAG, HeaderMap,
        HeaderName, HeaderValue, LOCATION, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
    middleware::Next,
};
use tracing_actix_web::RequestId;

use super::links::Links;
use crate::kernel::Locale;

/// Says that a body is not compressed and is not to be.
pub(super) const IDENTITY: HeaderValue = HeaderValue::from_static("identity");

/// The header of an answer that must leave as it is written: a stream that somebody reads line by line.
#[must_use]
pub const fn uncompressed() -> (HeaderName, HeaderValue) {
    (CONTENT_ENCODING, IDENTITY)
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Nothing is loaded from elsewhere; the reference page writes its own styles and small pictures.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'self'; object-src 'none'",
);

/// What an answer of a handler still needs before it is compressed.
pub(super) fn of_answer(response: &mut ServiceResponse<BoxBody>) {
    let tagged = response.headers().contains_key(ETAG);
    let links = Links::of(response.request());
    let headers = response.headers_mut();
    if let Some(place) = headers.get(LOCATION).and_then(|place| place.to_str().ok())
        && let Ok(place) = HeaderValue::from_str(&links.to(place))
    {
        headers.insert(LOCATION, place);
    }
    if !headers.contains_key(CACHE_CONTROL) {
        let cache = if tagged { "private, no-cache" } else { "no-store" };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    }
    headers.append(VARY, HeaderValue::from_static("Accept-Language"));
}

/// The same for an answer made without its request.
pub(super) fn of_fault(headers: &mut HeaderMap, locale: Locale, request_id: &str) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, id);
    }
    safe(headers);
}

fn safe(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
}

/// The outermost middleware but one: what goes on whatever comes out.
pub async fn last(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    let id =
        request.extensions().get::<RequestId>().and_then(|id| HeaderValue::from_str(&id.to_string()).ok());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    if headers.get(CONTENT_ENCODING) == Some(&IDENTITY) {
        headers.remove(CONTENT_ENCODING);
    }
    if let Some(id) = id {
        headers.insert(REQUEST_ID, id);
    }
    safe(headers);
    Ok(response)
}
