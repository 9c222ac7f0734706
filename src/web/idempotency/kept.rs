//! An answer as it is kept to be given again.

use actix_web::{
    Error as ActixError, HttpResponse,
    body::{self, BoxBody},
    dev::ServiceResponse,
    http::{
        StatusCode,
        header::{CONTENT_LANGUAGE, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LINK, LOCATION},
    },
    web::Bytes,
};

use super::super::answer::NotKept;
use crate::kernel::Error;

const HEADERS: [HeaderName; 5] = [CONTENT_TYPE, CONTENT_LANGUAGE, LOCATION, ETAG, LINK];
/// What the work itself says no with. Everything else is about the request, and may be right the next time: who asks,
/// how it is written, how often.
const REFUSALS: [StatusCode; 5] = [
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::CONFLICT,
    StatusCode::PRECONDITION_FAILED,
    StatusCode::UNPROCESSABLE_ENTITY,
];
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Status, headers and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The status.
    pub status: u16,
    /// The headers worth keeping, by name.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Kept {
    /// The answer itself, and what to keep of it if it is to be kept.
    pub(super) async fn of(
        response: ServiceResponse<BoxBody>,
    ) -> Result<(ServiceResponse<BoxBody>, Option<Self>), ActixError> {
        let status = response.status();
        let secret = response.response().extensions().get::<NotKept>().is_some();
        if secret || !(status.is_success() || REFUSALS.contains(&status)) {
            return Ok((response, None));
        }
        let (request, response) = response.into_parts();
        let (head, body) = response.into_parts();
        let body = body::to_bytes(body).await.map_err(|error| Error::Fault(anyhow::anyhow!("{error}")))?;
        let headers = HEADERS.iter().filter_map(|name| {
            let value = head.headers().get(name)?.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        let kept = Self { status: status.as_u16(), headers: headers.collect(), body: body.clone() };
        Ok((ServiceResponse::new(request, head.set_body(BoxBody::new(body))), Some(kept)))
    }

    /// The answer again, marked as such.
    pub(super) fn replay(self) -> HttpResponse {
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK));
        for (name, value) in self.headers {
            response.insert_header((name, value));
        }
        response.insert_header((REPLAYED, HeaderValue::from_static("true"))).body(self.body)
    }
}
