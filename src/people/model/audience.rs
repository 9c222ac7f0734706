//! Which public a member belongs to.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A kind of public the lab is there for. Social data: only the member and staff see it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Audience {
    /// Lives in the territory.
    Resident,
    /// Lives in a priority neighbourhood (*quartier prioritaire de la politique de la ville*).
    QpvResident,
    /// Studies.
    Student,
    /// Is retired.
    Retiree,
    /// Looks for a job.
    JobSeeker,
    /// Is an artisan.
    Artisan,
    /// Comes for a company.
    Company,
    /// None of these.
    Other,
}
