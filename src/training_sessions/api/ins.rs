//! What is asked of sessions.

use serde::Deserialize;

use crate::{
    kernel::{Exception, Instant, Patch},
    web::{Check, Fields},
};

/// Which sessions.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionsIn {
    /// Those that are not over then; now if absent.
    pub(super) from: Option<Instant>,
    /// How many at most, 1 to 200; 50 if absent.
    #[param(minimum = 1, maximum = 200)]
    pub(super) limit: Option<u16>,
    /// The mark of the page before.
    pub(super) after: Option<String>,
}

/// A session to be held.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingSessionIn {
    /// Slug or identifier.
    pub(super) training: String,
    pub(super) starts_at: Instant,
    pub(super) ends_at: Instant,
    #[schema(minimum = 1, maximum = 500)]
    pub(super) seats: i32,
    /// Where, if anything particular is to be said.
    #[schema(max_length = 200)]
    pub(super) place: Option<String>,
    /// Identifier or e-mail address of a trainer of that training; whoever asks, if absent.
    pub(super) trainer: Option<String>,
    /// Slugs or identifiers of the machines it uses: nobody else can book them meanwhile.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub(super) machines: Vec<String>,
    /// Staff only: `lab_closed` to let pass, and why.
    #[serde(rename = "override")]
    pub(super) exception: Option<Exception>,
}

/// What changes in a session; what is absent stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrainingSessionChangeIn {
    #[serde(default)]
    #[schema(value_type = Instant)]
    pub(super) starts_at: Patch<Instant>,
    #[serde(default)]
    #[schema(value_type = Instant)]
    pub(super) ends_at: Patch<Instant>,
    /// Not fewer than are taken; more go to those who wait.
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 500)]
    pub(super) seats: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 200)]
    pub(super) place: Patch<Option<String>>,
    /// Slugs or identifiers of all machines it uses from now on.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 50)]
    pub(super) machines: Patch<Vec<String>>,
    /// Staff only: identifier or e-mail address of a trainer of that training, who gives the session from now on. Both
    /// trainers are told.
    #[serde(default)]
    #[schema(value_type = String, max_length = 254)]
    pub(super) trainer: Patch<String>,
    /// Staff only: `lab_closed` to let pass for this period, and why. What was let pass for one period does not move
    /// along to another. Null lets nothing pass.
    #[serde(default, rename = "override")]
    #[schema(value_type = Option<Exception>)]
    pub(super) exception: Patch<Option<Exception>>,
}

/// Why a session is called off.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffIn {
    /// Stands in the letters to everybody enrolled.
    #[schema(min_length = 1, max_length = 500)]
    pub(super) reason: String,
}

impl Check for SessionsIn {}

impl Check for TrainingSessionIn {
    fn check(&self, fields: &mut Fields) {
        fields.within("seats", self.seats, 1..=500);
        fields.length_if("place", self.place.as_deref(), 1..=200);
        fields.require(self.machines.len() <= 50, "machines", "too_many");
        check_exception(fields, self.exception.as_ref());
    }
}

fn check_exception(fields: &mut Fields, exception: Option<&Exception>) {
    let Some(exception) = exception else { return };
    fields.length("override.reason", exception.reason.trim(), 1..=500);
    fields.require((1..=5).contains(&exception.gates.len()), "override.gates", "one_to_five");
}

impl Check for TrainingSessionChangeIn {
    fn check(&self, fields: &mut Fields) {
        if let Some(seats) = self.seats.get() {
            fields.within("seats", *seats, 1..=500);
        }
        fields.length_if("place", self.place.value().map(String::as_str), 1..=200);
        fields.length_if("trainer", self.trainer.get().map(String::as_str), 1..=254);
        fields.require(self.machines.get().is_none_or(|all| all.len() <= 50), "machines", "too_many");
        check_exception(fields, self.exception.value());
    }
}

impl Check for CallOffIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}
