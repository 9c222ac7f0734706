//! Where no route leads: an unknown path is 404; a known one asked with another method is 405 with `Allow`, and
//! `OPTIONS` is told the methods.

use std::collections::BTreeSet;

use actix_web::{
    Error as ActixError, HttpRequest, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{ALLOW, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use utoipa::openapi::OpenApi;

use super::{localize, openapi};
use crate::kernel::{Code, Error};

/// Every path of the house with its methods.
#[derive(Debug, Default)]
pub struct Known(Vec<(String, Vec<&'static str>)>);

impl Known {
    /// The paths of the description, and those of the reference page.
    #[must_use]
    pub fn of(api: &OpenApi) -> Self {
        let described = api.paths.paths.iter().map(|(path, item)| {
            (path.clone(), openapi::operations(item).into_iter().map(|(method, _)| method).collect())
        });
        let pages =
            ["/api", "/api/reference/{file}", "/problems/{code}", "/controller", "/controller/vectors.json"]
                .map(|path| (path.to_owned(), vec!["GET"]));
        Self(described.chain(pages).collect())
    }

    /// The methods that would do on this path, `HEAD` and `OPTIONS` included; none for an unknown path.
    ///
    /// ```
    /// use etabli::{server, web::fallback::Known};
    /// let known = Known::of(&server::openapi());
    /// assert_eq!(known.allowed("/health/live").as_deref(), Some("GET, HEAD, OPTIONS"));
    /// assert_eq!(known.allowed("/health/dead"), None);
    /// ```
    #[must_use]
    pub fn allowed(&self, path: &str) -> Option<String> {
        let mut methods: BTreeSet<&str> = match self.literal(path) {
            Some(allowed) => allowed.iter().copied().collect(),
            None => self
                .0
                .iter()
                .filter(|(known, _)| matches(known, path))
                .flat_map(|(_, all)| all.clone())
                .collect(),
        };
        if methods.is_empty() {
            return None;
        }
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        methods.insert("OPTIONS");
        Some(methods.into_iter().collect::<Vec<_>>().join(", "))
    }
}

impl Known {
    /// The methods of a path that stands in the table letter by letter.
    fn literal(&self, path: &str) -> Option<&[&'static str]> {
        self.0.iter().find(|(known, _)| known == path).map(|(_, allowed)| allowed.as_slice())
    }
}

/// Before the routes: a path written out in full is nobody's parameter, so that `PATCH /members/confirmations` is a
/// wrong method and not a member called "confirmations".
pub async fn written_out(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let known = request.app_data::<Data<Known>>().cloned();
    let allowed = known.as_ref().and_then(|known| known.literal(request.path()));
    match (known.clone(), allowed) {
        (Some(known), Some(allowed)) if !allowed.contains(&request.method().as_str()) => {
            let answer = refuse(request.request(), &known);
            Ok(request.into_response(answer))
        }
        _ => Ok(next.call(request).await?.map_into_boxed_body()),
    }
}

/// Whether a path fits a pattern, part by part.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given))
                if wanted == given || (wanted.starts_with('{') && !given.is_empty()) => {}
            _ => return false,
        }
    }
}

/// The answer where no route leads.
pub async fn nowhere(request: HttpRequest, known: Data<Known>) -> HttpResponse {
    refuse(&request, &known)
}

fn refuse(request: &HttpRequest, known: &Known) -> HttpResponse {
    let Some(allowed) = known.allowed(request.path()) else {
        return localize::answer(request, &Error::refused(Code::NotFound));
    };
    let mut response = if request.method() == Method::OPTIONS {
        HttpResponse::NoContent().finish()
    } else {
        localize::answer(request, &Error::refused(Code::MethodNotAllowed))
    };
    if let Ok(allowed) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(ALLOW, allowed);
    }
    response
}
