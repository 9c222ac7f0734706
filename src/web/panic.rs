//! A handler that panics is a fault like any other: the worker lives on, the person gets an opaque 500.

use std::panic::AssertUnwindSafe;

use actix_web::{
    Error as ActixError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
};
use futures_util::FutureExt;

use crate::kernel::Error;

/// The middleware, innermost.
pub async fn caught(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, ActixError> {
    match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(outcome) => outcome,
        // The hook of the standard library has already written where and why to the log.
        Err(_) => Err(Error::Fault(anyhow::anyhow!("a handler panicked")).into()),
    }
}
