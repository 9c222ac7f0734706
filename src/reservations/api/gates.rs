//! The rule book's answer, before trying.

use actix_web::{HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::{
    app::App,
    gates::Finding,
    kernel::{Code, Error, Instant, Locale, Period, Result},
    people::caller::Member,
    reservations::ask as asking,
    web::{
        self, Links, Reader,
        check::{Check, Fields},
        path::Path,
        problem::RemedyOut,
        query::Query,
    },
};

/// The period to ask about.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PeriodQuery {
    starts_at: Instant,
    ends_at: Instant,
}

impl Check for PeriodQuery {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.starts_at < self.ends_at, "ends_at", "after_start");
    }
}

/// What the rule book says.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct GatesOut {
    /// Whether every gate passes.
    passes: bool,
    /// Every gate, in the order of the rule book.
    gates: Vec<GateOut>,
}

/// What one gate says.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct GateOut {
    code: Code,
    passed: bool,
    /// Why not, in the reader's language.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remedy: Option<RemedyOut>,
    /// The facts of the case, by their names.
    #[serde(flatten)]
    facts: Map<String, Json>,
}

impl GateOut {
    fn new(finding: &Finding, locale: Locale, links: &Links) -> Self {
        let refusal = finding.refusal.as_ref();
        let facts = refusal.map(|refusal| refusal.facts.as_slice()).unwrap_or_default();
        Self {
            code: finding.code,
            passed: refusal.is_none(),
            detail: refusal.map(|refusal| refusal.sentence(locale)),
            remedy: refusal
                .and_then(|refusal| refusal.remedy.as_ref())
                .map(|remedy| RemedyOut::new(remedy, locale, links)),
            facts: facts.iter().map(|(name, value)| ((*name).to_owned(), value.to_json())).collect(),
        }
    }
}

/// Every gate for the caller, this machine and this period, passed or refused.
#[utoipa::path(tag = "machines", params(("machine" = String, Path, description = "Slug or identifier"), PeriodQuery),
    security(("bearer" = [])), responses((status = 200, body = GatesOut)))]
#[get("/machines/{machine}/gates")]
pub async fn ask(
    app: Data<App>,
    by: Member,
    (reader, links): (Reader, Links),
    machine: Path<String>,
    query: Query<PeriodQuery>,
) -> Result<HttpResponse> {
    let period = Period::new(query.0.starts_at, query.0.ends_at);
    let period = period.ok_or_else(|| Error::field("ends_at", "after_start"))?;
    let now = app.now();
    let findings = app.store.read(move |db| asking::ask(db, &machine.0, by.0.id, period, now)).await?;
    let passes = findings.iter().all(|finding| finding.refusal.is_none());
    let gates = findings.iter().map(|finding| GateOut::new(finding, reader.locale, &links)).collect();
    web::ok(&GatesOut { passes, gates })
}
