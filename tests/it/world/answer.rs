//! What comes back.

use chrono::{DateTime, NaiveDate};
use etabli::web::openapi::facts::{FACTS, Kind};
use reqwest::{RequestBuilder, header::HeaderMap};
use serde_json::Value as Json;

/// An answer, read to its end if it has one.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// Sends the request and reads the answer.
    pub async fn to(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let endless =
            headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let body = if endless { Vec::new() } else { response.bytes().await.expect("a body").to_vec() };
        Self { status, headers, body }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("not JSON: {} {}", self.status, self.text()))
    }

    /// The JSON of an answer that must have this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Json {
        assert_eq!(self.status, status, "{}", self.text());
        if self.body.is_empty() { Json::Null } else { self.json() }
    }

    /// The problem of an answer that must say no with this status and this code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Json {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/problems/{code}"));
        for words in ["title", "detail", "instance"] {
            assert!(problem[words].as_str().is_some_and(|text| !text.is_empty()), "{words} of {problem}");
        }
        problem["refusals"].as_array().into_iter().flatten().for_each(as_described);
        problem
    }
}

/// The facts of a refusal are what the description of the API says they are.
#[track_caller]
fn as_described(refusal: &Json) {
    let own = ["code", "detail", "remedy"];
    for (name, fact) in refusal.as_object().unwrap().iter().filter(|(name, _)| !own.contains(&name.as_str()))
    {
        let (_, kind, _) =
            FACTS.iter().find(|(known, _, _)| known == name).unwrap_or_else(|| panic!("{refusal}"));
        let text = fact.as_str();
        let right = match kind {
            Kind::Text => text.is_some(),
            Kind::Number => fact.is_i64(),
            Kind::Moment => text.is_some_and(is_moment),
            Kind::Date => text.is_some_and(is_date),
            Kind::Time => text.is_some_and(|text| is_moment(text) || is_date(text)),
            Kind::Periods => fact.as_array().is_some_and(|all| all.iter().all(is_period)),
        };
        assert!(right, "{name} is described as {kind:?}: {refusal}");
    }
}

fn is_period(thing: &Json) -> bool {
    ["starts_at", "ends_at"].iter().all(|end| thing[end].as_str().is_some_and(is_moment))
}

fn is_moment(text: &str) -> bool {
    DateTime::parse_from_rfc3339(text).is_ok()
}

fn is_date(text: &str) -> bool {
    text.parse::<NaiveDate>().is_ok()
}
