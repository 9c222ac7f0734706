//! What comes in behind the question mark.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use serde::de::DeserializeOwned;

use super::{
    check::{Check, checked},
    json_error,
};
use crate::kernel::{Error, Result};

/// The query of a request, read and checked; a parameter nobody knows, or one given twice, is refused.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + Check> FromRequest for Query<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.query_string()).map(Self))
    }
}

fn read<T: DeserializeOwned + Check>(query: &str) -> Result<T> {
    if query.contains("%00") {
        return Err(Error::field("", "invalid_character"));
    }
    let pairs = serde_urlencoded::Deserializer::new(url::form_urlencoded::parse(query.as_bytes()));
    let thing = serde_path_to_error::deserialize(pairs).map_err(|error| {
        Error::Invalid(vec![json_error::field(&error.path().to_string(), &error.inner().to_string())])
    })?;
    checked(thing)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Check, read};
    use crate::kernel::{Error, Instant};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct SearchIn {
        from: Option<Instant>,
        days: Option<u16>,
    }

    impl Check for SearchIn {}

    #[test]
    fn a_query_is_read_by_its_names() {
        let search: SearchIn = read("from=2026-03-02T08%3A00%3A00Z&days=7").unwrap();
        assert_eq!(
            (search.from.unwrap().to_string().as_str(), search.days),
            ("2026-03-02T08:00:00Z", Some(7))
        );
    }

    #[test]
    fn every_mistake_is_named_by_its_parameter() {
        let cases = [
            ("dys=3", "dys", "unknown_field"),
            ("days=3&days=4", "days", "duplicate"),
            ("days=-1", "days", "invalid_value"),
            ("days=", "days", "invalid_value"),
            ("from=yesterday", "from", "invalid_value"),
        ];
        for (query, path, code) in cases {
            let Error::Invalid(fields) = read::<SearchIn>(query).unwrap_err() else { panic!("{query}") };
            assert_eq!((fields[0].path.as_str(), fields[0].code), (path, code), "{query}");
        }
    }
}
