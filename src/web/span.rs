//! What the log says of a request: its id, method, route and status. Never its query, address, headers or path:
//! a path may hold a token.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
};
use tracing::{Span, field};
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// Makes the span around each request.
#[derive(Debug)]
pub struct Spans;

impl RootSpanBuilder for Spans {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().copied();
        tracing::info_span!("request", id = id.map(field::display), method = %request.method())
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        if !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let _entered = span.entered();
        if let Ok(response) = outcome {
            let route = response.request().match_pattern();
            tracing::debug!(status = response.status().as_u16(), route, "answered");
        } else {
            tracing::debug!(status = 500, "broke down");
        }
    }
}
