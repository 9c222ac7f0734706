//! `/training-sessions/{id}/results`.

use actix_web::{HttpResponse, post, web::Data};
use serde::Deserialize;

use super::out::{CertificationOut, ResultsOut, RosterOut};
use crate::{
    app::App,
    kernel::{Error, FieldError, Result, TrainingSessionId},
    lab,
    people::{self, caller::Trainer},
    store::Db,
    training::{
        authority,
        grade::{Grade, grade},
        store::sessions,
        view,
    },
    web::{self, Check, Fields, Json, Path, Reader},
};

/// The results of a session, or some of them.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultsIn {
    #[schema(min_items = 1, max_items = 500)]
    results: Vec<ResultIn>,
}

/// The result of one learner.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultIn {
    /// Identifier or e-mail address.
    member: String,
    /// Whether they passed; who passed gets a certification.
    passed: bool,
    /// Kept with the certification.
    #[schema(max_length = 1000)]
    note: Option<String>,
}

impl Check for ResultsIn {
    fn check(&self, fields: &mut Fields) {
        fields.within("results", i64::try_from(self.results.len()).unwrap_or(i64::MAX), 1..=500);
        for (at, result) in self.results.iter().enumerate() {
            fields.length_if(&format!("results[{at}].note"), result.note.as_deref(), 0..=1000);
        }
    }
}

/// Tells who passed. Telling it again changes nothing.
#[utoipa::path(tag = "trainings", security(("bearer" = [])), params(("id" = TrainingSessionId, Path)),
    responses((status = 200, body = ResultsOut)))]
#[post("/training-sessions/{id}/results")]
pub async fn create(
    app: Data<App>,
    (caller, reader): (Trainer, Reader),
    path: Path<TrainingSessionId>,
    body: Json<ResultsIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let out = app
        .store
        .write(move |db| {
            let session = sessions::get(db, path.0)?;
            authority::over_session(&caller.0, &session)?;
            let grades = grades(db, &body.0.results)?;
            let given = grade(db, session.id, &grades, caller.0.id, now)?;
            let today = lab::get(db)?.zone.day_of(now).date;
            let mut certifications = Vec::with_capacity(given.len());
            for one in given {
                certifications.push(CertificationOut::new(
                    view::certification(db, one)?,
                    today,
                    reader.locale,
                ));
            }
            Ok(ResultsOut { roster: RosterOut::all(view::roster(db, &session)?), certifications })
        })
        .await?;
    web::ok(&out)
}

fn grades(db: &mut Db, results: &[ResultIn]) -> Result<Vec<Grade>> {
    let mut grades = Vec::with_capacity(results.len());
    let mut wrong = Vec::new();
    for (at, result) in results.iter().enumerate() {
        match people::find(db, &result.member)? {
            Some(one) => {
                grades.push(Grade { member: one.id, passed: result.passed, note: result.note.clone() });
            }
            None => wrong.push(FieldError::new(format!("results[{at}].member"), "not_in_session")),
        }
    }
    if wrong.is_empty() { Ok(grades) } else { Err(Error::Invalid(wrong)) }
}
