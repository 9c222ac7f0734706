//! Does the member hold what the machine requires?

use super::person::last_date;
use crate::{
    gates::model::Case,
    kernel::{Code, Refusal, Value},
    training::{Holding, holding},
};

/// `training_missing`, `training_expired`, `training_suspended`: one refusal for each required training that is not
/// held through the end of the period.
pub fn untrained(case: &Case<'_>) -> Vec<Refusal> {
    let last = last_date(case);
    let refusals = case.facts.required.iter().filter_map(|training| {
        let refusal = match holding(&case.facts.certifications, training.id, last) {
            Holding::Held => return None,
            Holding::Missing => Refusal::new(Code::TrainingMissing),
            Holding::Expired { on } => Refusal::new(Code::TrainingExpired).with("since", Value::On(on)),
            Holding::Suspended => Refusal::new(Code::TrainingSuspended),
        };
        Some(refusal.with("training", training.slug.as_str()).with("training_name", &training.name))
    });
    refusals.collect()
}
