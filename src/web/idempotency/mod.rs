//! `Idempotency-Key`: a client that did not hear the answer to a `POST` may ask again and hears the first answer.
//!
//! Read in this order: this file (the walk), [`kept`] (an answer as it is kept), [`store`].
//!
//! Invariants: a key belongs to one caller (its credentials, or the address of a stranger) for 24 hours; the work
//! goes on when the client hangs up, so that its answer is there for the next try; kept are the answers of the work
//! itself, and not those about the request (who asks, how it is written, how often), faults, and secrets. Where the
//! process dies between the work and keeping its answer, the key is free again after a minute and the rules of the rooms
//! stop a second booking.

pub mod kept;
pub mod store;

use std::future::Future;

use actix_web::{
    Error as ActixError, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{AUTHORIZATION, HeaderValue},
    },
    middleware::Next,
    rt,
    web::{Bytes, Data},
};
use futures_util::stream;
use sha2::{Digest, Sha256};
use tracing::Instrument;

use self::{
    kept::Kept,
    store::{Claim, Key},
};
use super::{csrf, json, localize};
use crate::{
    app::App,
    kernel::{Code, Error, FieldError, Refusal, Result},
};

/// The header with the key.
pub const HEADER: &str = "Idempotency-Key";

/// The middleware.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, ActixError> {
    let named = request.method() == Method::POST && request.match_info().as_str().starts_with("/api/v1/");
    let app = request.app_data::<Data<App>>().cloned();
    let (Some(key), Some(app)) = (request.headers().get(HEADER).filter(|_| named).cloned(), app) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    // In a task of its own: it ends even when the client does not wait.
    let work = once(app, request, key, next).in_current_span();
    rt::spawn(work).await.map_err(|error| Error::Fault(error.into()))?
}

/// Does what this key stands for, unless it was done before.
async fn once(
    app: Data<App>,
    mut request: ServiceRequest,
    key: HeaderValue,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, ActixError> {
    match claim(&app, &mut request, &key).await {
        Err(error) => Ok(request.error_response(error)),
        Ok(Err(kept)) => Ok(request.into_response(kept.replay())),
        Ok(Ok(key)) => finish(app, key, next.call(request)).await,
    }
}

/// Takes the key for this request, or finds the answer that was given before.
async fn claim(
    app: &App,
    request: &mut ServiceRequest,
    header: &HeaderValue,
) -> Result<std::result::Result<Key, Kept>> {
    let text = header
        .to_str()
        .ok()
        .filter(|text| (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()));
    let Some(text) = text else {
        return Err(Error::Invalid(vec![FieldError::new(HEADER, "idempotency_key")]));
    };
    let body = request.extract::<Bytes>().await.map_err(|error| json::uncollected(&error))?;
    let key = Key { hash: key_hash(request.request(), text), claimed_at: app.now() };
    let request_hash = request_hash(request, &body);
    request.set_payload(Payload::Stream { payload: Box::pin(stream::iter([Ok(body)])) });
    let claim = app.store.write(move |db| store::claim(db, key, &request_hash)).await?;
    match claim {
        Claim::Mine => Ok(Ok(key)),
        Claim::Answered(kept) => Ok(Err(kept)),
        Claim::Busy => Err(Refusal::new(Code::IdempotencyInProgress).retry_after(2).into()),
        Claim::Reused => Err(Error::refused(Code::IdempotencyKeyReused)),
    }
}

/// Does the work and keeps its answer.
async fn finish<B: MessageBody + 'static>(
    app: Data<App>,
    key: Key,
    work: impl Future<Output = std::result::Result<ServiceResponse<B>, ActixError>>,
) -> std::result::Result<ServiceResponse<BoxBody>, ActixError> {
    let outcome = match work.await {
        Ok(response) => Kept::of(localize::render(response.map_into_boxed_body())).await,
        Err(error) => Err(error),
    };
    let (response, kept) = match outcome {
        Ok((response, kept)) => (Ok(response), kept),
        Err(error) => (Err(error), None),
    };
    let now = app.now();
    let noted = match kept {
        Some(kept) => app.store.write(move |db| store::finish(db, key, &kept, now)).await,
        None => app.store.write(move |db| store::release(db, key)).await,
    };
    if let Err(error) = noted {
        // The work is done all the same; only asking again will not be answered from memory.
        localize::log(&error);
    }
    response
}

/// A key is its caller's own: two members may use the same word.
fn key_hash(request: &HttpRequest, key: &str) -> [u8; 32] {
    let cookie = request.cookie(csrf::COOKIE);
    let peer = request.peer_addr().map(|peer| peer.ip().to_string());
    let caller = match (request.headers().get(AUTHORIZATION), &cookie) {
        (Some(header), _) => header.as_bytes(),
        (None, Some(cookie)) => cookie.value().as_bytes(),
        (None, None) => peer.as_deref().unwrap_or_default().as_bytes(),
    };
    digest(&[key.as_bytes(), caller])
}

fn request_hash(request: &ServiceRequest, body: &[u8]) -> [u8; 32] {
    digest(&[request.path().as_bytes(), request.query_string().as_bytes(), body])
}

fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
