//! Around every request: `HEAD` is asked as `GET`, refusals get their words, the time is taken, the courier is called.

use std::time::Instant as Stopwatch;

use actix_web::{
    Error as ActixError, HttpMessage,
    body::{BodySize, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::InternalError,
    http::{
        Method, Uri,
        header::{ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_LANGUAGE, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use tracing_actix_web::RequestId;

use super::{headers, links::Links, localize, measure, problem, reader};
use crate::{
    app::App,
    kernel::{Error, Locale},
};

/// Bodies shorter than this travel as they are.
const WORTH_COMPRESSING: u64 = 1024;

/// The middleware.
pub async fn through(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let since = Stopwatch::now();
    if request.method() == Method::HEAD {
        // The connection remembers that no body may be sent.
        request.head_mut().method = Method::GET;
    }
    let asked = Asked::of(&request);
    match next.call(request).await {
        Ok(response) => {
            let mut response = localize::render(response.map_into_boxed_body());
            let locale = reader::locale_of(response.request());
            response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
            headers::of_answer(&mut response);
            leave_small_bodies_alone(&mut response);
            measure::note(&response, since.elapsed());
            call_the_courier(&response);
            Ok(response)
        }
        Err(error) => {
            measure::fault(since.elapsed());
            Err(asked.answer(error))
        }
    }
}

/// Whatever changed something may have posted a letter.
fn call_the_courier(response: &ServiceResponse<BoxBody>) {
    let request = response.request();
    if request.method() != Method::GET
        && response.status().is_success()
        && let Some(app) = request.app_data::<Data<App>>()
    {
        app.bell.ring();
    }
}

/// What is left of a request whose handler broke down: enough to answer it.
struct Asked {
    uri: Uri,
    links: Links,
    language: Option<HeaderValue>,
    id: Option<RequestId>,
}

impl Asked {
    fn of(request: &ServiceRequest) -> Self {
        Self {
            uri: request.uri().clone(),
            links: Links::of(request.request()),
            language: request.headers().get(ACCEPT_LANGUAGE).cloned(),
            id: request.extensions().get::<RequestId>().copied(),
        }
    }

    fn answer(self, error: ActixError) -> ActixError {
        if let Some(fault) = error.as_error::<Error>() {
            localize::log(fault);
        } else {
            tracing::error!("{error}");
        }
        let asked = self.language.as_ref().and_then(|value| value.to_str().ok());
        let locale = asked.and_then(Locale::preferred).unwrap_or_default();
        let id = self.id.map(|id| id.to_string()).unwrap_or_default();
        let fault = Error::Fault(anyhow::anyhow!("{error}"));
        let mut response = problem::respond(&fault, locale, (&self.links, self.uri.path()), &id);
        headers::of_fault(response.headers_mut(), locale, &id);
        InternalError::from_response(error, response).into()
    }
}

/// The compressing layer leaves alone what says it is encoded already; [`headers::last`] takes the word back.
fn leave_small_bodies_alone(response: &mut ServiceResponse<BoxBody>) {
    let small = match response.response().body().size() {
        BodySize::None => true,
        BodySize::Sized(length) => length < WORTH_COMPRESSING,
        BodySize::Stream => false,
    };
    if small && !response.headers().contains_key(CONTENT_ENCODING) {
        response.headers_mut().insert(CONTENT_ENCODING, headers::IDENTITY);
    }
}
