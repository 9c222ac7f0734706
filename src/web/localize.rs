//! Gives every refusal its words, once the reader is known, and logs every fault, once.

use actix_web::{HttpMessage, HttpRequest, HttpResponse, body::BoxBody, dev::ServiceResponse};
use tracing_actix_web::RequestId;

use super::{answer::not_kept, error, links::Links, problem, reader};
use crate::kernel::{Code, Error};

/// Writes the problem of an answer that holds an error; leaves every other answer as it is.
pub(super) fn render(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let Some(error) = response.response().error() else { return response };
    let translated = match error.as_error::<Error>() {
        // Said before the work was looked at: with the token it may go well.
        Some(ours) if ours.code() == Code::CsrfTokenMissing => not_kept(answer(response.request(), ours)),
        Some(ours) => answer(response.request(), ours),
        None => answer(response.request(), &error::foreign(error)),
    };
    let (request, _) = response.into_parts();
    ServiceResponse::new(request, translated)
}

/// The answer to an error in the language of the request.
pub(super) fn answer(request: &HttpRequest, error: &Error) -> HttpResponse {
    log(error);
    let links = Links::of(request);
    problem::respond(error, reader::locale_of(request), (&links, request.path()), &request_id(request))
}

/// The id of a request, as it stands in the log and in `X-Request-Id`.
pub(super) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(ToString::to_string).unwrap_or_default()
}

/// A fault is logged with its whole chain; the request id is on the span.
pub(super) fn log(error: &Error) {
    match error {
        Error::Fault(fault) => tracing::error!("{fault:#}"),
        Error::Refused(_) if error.code() == Code::Overloaded => tracing::warn!("too busy to answer"),
        Error::Refused(_) | Error::Invalid(_) => {}
    }
}
