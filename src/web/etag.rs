//! Tags of versions (RFC 9110, 8.8.3 and 13): a reader who has the current one gets 304, a writer who has an old
//! one gets 412.

use std::{
    fmt::{self, Display, Write},
    future::{Ready, ready},
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header::{ETAG, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH},
};
use anyhow::Context;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::answer;
use crate::kernel::{Code, Error, Locale, Result};

/// A strong tag of one version of one answer, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag(String);

impl Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Tag {
    /// As it stands in the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same version, told in a language: a reader who changes languages does not have it yet, a writer does.
    #[must_use]
    pub fn in_language(self, locale: Locale) -> Self {
        Self(format!("{}.{}\"", self.0.trim_end_matches('"'), locale.tag()))
    }

    /// The same version beside something that readers see and no writer changes: a reader who holds another of those does
    /// not have this answer yet, a writer does.
    #[must_use]
    pub fn beside(self, other: &Self) -> Self {
        Self(format!("{}.{}\"", self.0.trim_end_matches('"'), other.0.trim_matches('"')))
    }
}

/// A tag without its quotes and what is added to it.
fn bare(tag: &str) -> &str {
    let tag = tag.trim_matches('"');
    tag.split_once('.').map_or(tag, |(bare, _)| bare)
}

/// The tag made of everything the answer depends on: versions, instants, language.
///
/// ```
/// use etabli::web::etag::tag;
/// assert_eq!(tag(&[&"laser", &3]), tag(&[&"laser", &3]));
/// assert_ne!(tag(&[&"laser", &3]), tag(&[&"laser3", &""]));
/// ```
#[must_use]
pub fn tag(parts: &[&dyn Display]) -> Tag {
    let mut hash = Sha256::new();
    let mut text = String::new();
    for part in parts {
        text.clear();
        // Writing to a String cannot fail.
        let _ = write!(text, "{part}");
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    }
    let digest = hash.finalize();
    Tag(format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())))
}

/// The tag of an answer as it is written out.
#[must_use]
pub fn of_bytes(body: &[u8]) -> Tag {
    let digest = Sha256::digest(body);
    Tag(format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())))
}

/// The tag of a whole answer, and of the version behind it: whatever the answer says counts, also what belongs to other
/// things, such as their names. Told in both languages, because who reads in English and changes in French means the
/// same thing; the reader's own is put on it afterwards, by [`Tag::in_language`].
pub fn of<T: Serialize>(version: i64, told: impl Fn(Locale) -> T) -> Result<Tag> {
    let text = |locale| serde_json::to_string(&told(locale)).context("write an answer for its tag");
    Ok(tag(&[&version, &text(Locale::Fr)?, &text(Locale::En)?]))
}

/// The versions a reader already has (`If-None-Match`: a tag, a list or `*`; weak tags count).
#[derive(Debug, Clone)]
pub struct Held(Option<Vec<String>>);

impl Held {
    /// What the request says.
    #[must_use]
    pub fn by(request: &HttpRequest) -> Self {
        Self(listed(request.headers(), &IF_NONE_MATCH))
    }

    /// Whether this version is among them.
    #[must_use]
    pub fn has(&self, tag: &Tag) -> bool {
        let tags = self.0.as_ref();
        tags.is_some_and(|tags| tags.iter().any(|held| held == "*" || held.trim_start_matches("W/") == tag.0))
    }
}

/// Whether the reader already has this version.
#[must_use]
pub fn fresh(request: &HttpRequest, tag: &Tag) -> bool {
    Held::by(request).has(tag)
}

/// 304 to a reader who has this version; else 200 with the thing, which is only then made.
pub fn respond<T: Serialize>(
    request: &HttpRequest,
    tag: &Tag,
    body: impl FnOnce() -> Result<T>,
) -> Result<HttpResponse> {
    if fresh(request, tag) {
        tagged(HttpResponse::NotModified().finish(), tag)
    } else {
        tagged(answer::ok(&body()?)?, tag)
    }
}

/// The same answer with this tag on it.
pub fn tagged(mut response: HttpResponse, tag: &Tag) -> Result<HttpResponse> {
    response.headers_mut().insert(ETAG, HeaderValue::from_str(&tag.0).context("write an ETag header")?);
    Ok(response)
}

/// The versions a writer means to change (`If-Match`); absent means any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(Option<Vec<String>>);

impl IfMatch {
    /// Refuses with 428 a writer who does not say which version is to be replaced (RFC 6585).
    pub fn required(&self) -> Result<()> {
        if self.0.is_some() { Ok(()) } else { Err(Error::refused(Code::PreconditionRequired)) }
    }

    /// Refuses with 412 when the thing has moved on since the writer read it.
    pub fn allows(&self, current: &Tag) -> Result<()> {
        match &self.0 {
            Some(held) if !held.iter().any(|tag| tag == "*" || same_version(tag, current)) => {
                Err(Error::refused(Code::PreconditionFailed))
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// Whether a strong tag names this version, in whatever language it was read.
fn same_version(tag: &str, current: &Tag) -> bool {
    tag.starts_with('"') && bare(tag) == bare(&current.0)
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(listed(request.headers(), &IF_MATCH))))
    }
}

/// The tags of a header; our own never hold a comma.
fn listed(headers: &HeaderMap, name: &HeaderName) -> Option<Vec<String>> {
    headers.contains_key(name).then(|| {
        let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).map(|tag| tag.trim().to_owned()).collect()
    })
}

#[cfg(test)]
mod tests {
    use actix_web::{FromRequest, test::TestRequest};

    use super::{IfMatch, fresh, tag};

    #[test]
    fn a_reader_who_has_it_is_told_so() {
        let current = tag(&[&1]);
        let ask = |held: String| {
            fresh(&TestRequest::get().insert_header(("If-None-Match", held)).to_http_request(), &current)
        };
        assert!(ask(current.to_string()));
        assert!(ask(format!("\"old\", W/{current}")));
        assert!(ask("*".into()));
        assert!(!ask("\"old\"".into()));
        assert!(!fresh(&TestRequest::get().to_http_request(), &current));
    }

    #[test]
    fn a_writer_with_an_old_version_is_stopped() {
        let current = tag(&[&1]);
        let write = |held: String| {
            let request = TestRequest::patch().insert_header(("If-Match", held)).to_http_request();
            IfMatch::extract(&request).into_inner().unwrap().allows(&current)
        };
        assert!(write(format!("\"old\", {current}")).is_ok());
        assert!(write("*".into()).is_ok());
        assert_eq!(write("\"old\"".into()).unwrap_err().code().status(), 412);
        let beside = tag(&[&"watts"]);
        assert!(write(current.clone().beside(&beside).to_string()).is_ok(), "no writer changes watts");
        assert_eq!(write(format!("W/{current}")).unwrap_err().code().status(), 412);
    }
}
