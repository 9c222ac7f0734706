//! Answers that say yes.

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, HeaderValue, LOCATION},
    },
};
use anyhow::Context;
use serde::Serialize;

use crate::kernel::Result;

/// An answer that is not kept to be replayed.
#[derive(Clone, Copy)]
pub(super) struct NotKept;

/// 200 and the thing.
pub fn ok<T: Serialize + ?Sized>(body: &T) -> Result<HttpResponse> {
    json(&mut HttpResponse::Ok(), body)
}

/// 201, where the new thing is, and the thing.
pub fn created<T: Serialize + ?Sized>(location: impl AsRef<str>, body: &T) -> Result<HttpResponse> {
    let place = HeaderValue::from_str(location.as_ref()).context("write a Location header")?;
    json(HttpResponse::Created().insert_header((LOCATION, place)), body)
}

/// 202: it will be seen to.
pub fn accepted<T: Serialize + ?Sized>(body: &T) -> Result<HttpResponse> {
    json(&mut HttpResponse::Accepted(), body)
}

/// 204: done, and nothing to show.
pub fn no_content() -> Result<HttpResponse> {
    Ok(HttpResponse::new(StatusCode::NO_CONTENT))
}

/// The same answer, never kept for an `Idempotency-Key`: it holds a token that is stored nowhere in the clear, or says
/// nothing about the work.
#[must_use]
pub fn not_kept(mut response: HttpResponse) -> HttpResponse {
    response.extensions_mut().insert(NotKept);
    response
}

/// Any status and the thing.
fn json<T: Serialize + ?Sized>(builder: &mut HttpResponseBuilder, body: &T) -> Result<HttpResponse> {
    let body = serde_json::to_vec(body).context("write an answer as JSON")?;
    Ok(builder.insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json"))).body(body))
}
