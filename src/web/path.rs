//! What comes in inside the path.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use crate::kernel::{Code, Error, Result};

/// The parameters of a path. A path whose parameters do not parse leads nowhere: 404.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let nowhere = || Error::refused(Code::NotFound);
        // PostgreSQL cannot even look for the character U+0000.
        if request.uri().path().contains("%00") {
            return ready(Err(nowhere()));
        }
        let found = actix_web::web::Path::<T>::extract(request).into_inner();
        ready(found.map(|path| Self(path.into_inner())).map_err(|_| nowhere()))
    }
}
