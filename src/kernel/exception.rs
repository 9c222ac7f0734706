//! What staff let pass, although the house says no.

use serde::{Deserialize, Serialize};

use super::Code;

/// Gates that staff let pass by decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Which: `lab_closed`, `too_soon`, `too_far`, `quota_exceeded`, `supervision_required`.
    #[schema(min_items = 1, max_items = 5)]
    pub gates: Vec<Code>,
    /// Why, for the journal.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}
