//! Where this server is found: the one place that knows of the path in `public_url`.

use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};

use crate::{app::App, kernel::Error};

/// Makes the paths that answers name. A reverse proxy may put the server under a path of its own (`public_url =
/// "https://example.org/etabli"`); requests come in without it, and links go out with it.
#[derive(Debug, Clone, Default)]
pub struct Links(Arc<str>);

impl Links {
    /// The links of a server under this path: empty, or `/etabli`.
    #[must_use]
    pub fn under(base: &str) -> Self {
        Self(base.trim_end_matches('/').into())
    }

    /// Those of the server that is asked.
    #[must_use]
    pub fn of(request: &HttpRequest) -> Self {
        request.app_data::<Data<App>>().map(|app| Self::under(&app.config.base_path())).unwrap_or_default()
    }

    /// A path of this server as the caller reaches it; what is no path of this server stays as it is.
    ///
    /// ```
    /// let links = etabli::web::Links::under("/etabli/");
    /// assert_eq!(links.to("/api/v1/lab"), "/etabli/api/v1/lab");
    /// assert_eq!(links.to("https://example.org/"), "https://example.org/");
    /// ```
    #[must_use]
    pub fn to(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.0) } else { path.to_owned() }
    }
}

impl FromRequest for Links {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}
