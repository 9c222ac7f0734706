//! A use case's error is an actix error: the one place where the two meet.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, body::BoxBody, http::StatusCode};

use crate::kernel::{Code, Error};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().as_str())
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Only the status: [`super::localize`] writes the body once it knows the reader.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        HttpResponse::new(self.status_code())
    }
}

/// What actix's own extractors may have left in a response, as an error of the house.
pub(super) fn foreign(error: &actix_web::Error) -> Error {
    let status = error.as_response_error().status_code();
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Error::refused(Code::BodyTooLarge),
        StatusCode::NOT_FOUND => Error::refused(Code::NotFound),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Error::refused(Code::UnsupportedMediaType),
        status if status.is_client_error() => Error::refused(Code::MalformedRequest),
        _ => Error::Fault(anyhow::anyhow!("{error}")),
    }
}
