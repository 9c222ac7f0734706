//! The body of every answer that says no: problem details (RFC 9457).

use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::links::Links;
use crate::kernel::{
    Code, Error, FieldError, Locale, Refusal, Remedy,
    words::{find, say},
};

/// The media type of problem details.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// An answer that says no (RFC 9457).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    #[schema(example = "/problems/training_missing")]
    pub kind: String,
    /// A few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The sentence for the person.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    /// The stable code, for programs.
    pub code: Code,
    /// Every reason, where there is more to say than the code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub refusals: Vec<RefusalOut>,
    /// What is wrong with each field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldOut>,
    /// On a fault: tell it to the people who run the server, their log knows more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// One reason why not. The facts of the case stand beside the code, by their names.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RefusalOut {
    /// The stable code.
    pub code: Code,
    /// The sentence for the person.
    pub detail: String,
    /// A way forward.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<RemedyOut>,
    /// The facts.
    #[serde(flatten)]
    pub facts: Map<String, Json>,
}

/// A link and the words on it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RemedyOut {
    /// The words.
    pub label: String,
    /// A path of this server.
    pub href: String,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldOut {
    /// Where: `results[2].member`; empty for the whole body.
    pub path: String,
    /// The stable code.
    pub code: &'static str,
    /// The sentence for the person.
    pub detail: String,
}

impl Problem {
    /// The words for this error, to this reader, about this path.
    #[must_use]
    pub fn of(error: &Error, locale: Locale, links: &Links, instance: &str) -> Self {
        let code = error.code();
        let mut problem = Self {
            kind: links.to(&format!("/problems/{}", code.as_str())),
            title: say(locale, &format!("title-{}", code.as_str()), &[]),
            status: code.status(),
            detail: String::new(),
            instance: links.to(instance),
            code,
            refusals: Vec::new(),
            fields: Vec::new(),
            request_id: None,
        };
        match error {
            Error::Refused(refusals) => problem.tell_reasons(refusals, locale, links),
            Error::Invalid(fields) => {
                problem.fields.extend(fields.iter().map(|field| field_out(field, locale)));
            }
            Error::Fault(_) => {}
        }
        if problem.detail.is_empty() {
            problem.detail = Refusal::new(code).sentence(locale);
        }
        problem
    }

    fn tell_reasons(&mut self, refusals: &[Refusal], locale: Locale, links: &Links) {
        let mut sorted: Vec<&Refusal> = refusals.iter().collect();
        sorted.sort_by_key(|refusal| refusal.code);
        if let Some(first) = sorted.first() {
            self.detail = first.sentence(locale);
        }
        if sorted.iter().any(|refusal| tells_more(refusal)) {
            self.refusals =
                sorted.into_iter().map(|refusal| RefusalOut::of(refusal, locale, links)).collect();
        }
    }

    /// The answer that carries it.
    #[must_use]
    pub fn into_response(self) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut builder = HttpResponseBuilder::new(status);
        builder.insert_header((CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)));
        if status == StatusCode::UNAUTHORIZED {
            builder.insert_header((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"etabli\"")));
        }
        builder.body(serde_json::to_vec(&self).unwrap_or_default())
    }
}

impl RemedyOut {
    /// The way forward, in words for this reader.
    #[must_use]
    pub fn new(remedy: &Remedy, locale: Locale, links: &Links) -> Self {
        Self { label: remedy.label(locale), href: links.to(&remedy.href) }
    }
}

impl RefusalOut {
    /// A reason, in words for this reader.
    #[must_use]
    pub fn of(refusal: &Refusal, locale: Locale, links: &Links) -> Self {
        let remedy = refusal.remedy.as_ref();
        Self {
            code: refusal.code,
            detail: refusal.sentence(locale),
            remedy: remedy.map(|remedy| RemedyOut::new(remedy, locale, links)),
            facts: refusal.facts.iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect(),
        }
    }
}

/// The answer to this error: its problem, and when to come back.
#[must_use]
pub fn respond(
    error: &Error,
    locale: Locale,
    (links, instance): (&Links, &str),
    request_id: &str,
) -> HttpResponse {
    let mut problem = Problem::of(error, locale, links, instance);
    if problem.status >= 500 {
        problem.request_id = Some(request_id.to_owned());
    }
    let mut response = problem.into_response();
    if let Some(seconds) = retry_after(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::Refused(refusals) => refusals.iter().filter_map(|refusal| refusal.retry_after).max(),
        Error::Invalid(_) | Error::Fault(_) => None,
    }
}

fn tells_more(refusal: &Refusal) -> bool {
    refusal.code.is_gate() || refusal.remedy.is_some() || !refusal.facts.is_empty()
}

fn field_out(field: &FieldError, locale: Locale) -> FieldOut {
    let key = format!("field-{}", field.code);
    let detail = find(locale, &key, &field.values).unwrap_or_else(|| say(locale, "field-invalid_value", &[]));
    FieldOut { path: field.path.clone(), code: field.code, detail }
}
