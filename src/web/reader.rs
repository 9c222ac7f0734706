//! Who reads the answer: the language of its sentences.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header::ACCEPT_LANGUAGE};

use crate::kernel::{Error, Locale, Result};

/// The reader of the answer. The language is that of `Accept-Language`, else the signed-in member's (take this
/// extractor after the one that proves who is calling), else French.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// The language to answer in.
    pub locale: Locale,
}

#[derive(Clone, Copy)]
struct OfMember(Locale);

/// Remembers the language of the member who turned out to be calling.
pub fn remember(request: &HttpRequest, locale: Locale) {
    request.extensions_mut().insert(OfMember(locale));
}

/// The language to answer this request in.
#[must_use]
pub fn locale_of(request: &HttpRequest) -> Locale {
    let asked = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    asked
        .and_then(Locale::preferred)
        .or_else(|| request.extensions().get::<OfMember>().map(|known| known.0))
        .unwrap_or_default()
}

impl FromRequest for Reader {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self { locale: locale_of(request) }))
    }
}
