//! Who reads the answer: the language of its sentences.

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header::ACCEPT_LANGUAGE};
use futures_util::{
    FutureExt,
    future::{LocalBoxFuture, Shared},
};
use tokio::sync::oneshot::{Receiver, Sender, channel};

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

/// A caller is being looked up: when the promise is dropped, the language is known or will not be.
#[must_use]
pub struct Promise {
    _kept: Sender<()>,
}

#[derive(Clone)]
struct Promised(Shared<Receiver<()>>);

/// Makes readers wait who are extracted after this. Extractors are all made before any of them is asked for its
/// result, so that without it a reader would be done before the caller is known.
pub fn promise(request: &HttpRequest) -> Promise {
    let (kept, promised) = channel();
    request.extensions_mut().insert(Promised(promised.shared()));
    Promise { _kept: kept }
}

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
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let promised = request.extensions().get::<Promised>().cloned();
        let request = request.clone();
        Box::pin(async move {
            if let Some(Promised(promised)) = promised {
                // Kept or broken: either way there is no more to come.
                let _ = promised.await;
            }
            Ok(Self { locale: locale_of(&request) })
        })
    }
}
