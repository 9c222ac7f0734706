//! A line of the journal.

use serde_json::Value as Json;
use uuid::Uuid;

use crate::kernel::{Id, Instant, MemberId};

/// Marks the identifier of a line.
#[derive(Debug)]
pub enum Line {}
/// Identifies a line.
pub type LineId = Id<Line>;

/// Something to write down.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When it was done.
    pub at: Instant,
    /// Who did it; nobody where the house did it by itself.
    pub actor: Option<MemberId>,
    /// What was done, as a stable word: `certification_revoked`.
    pub action: &'static str,
    /// What kind of thing it was done to: `certification`.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject: Uuid,
    /// Why, in the words of whoever did it.
    pub reason: Option<String>,
    /// What else is worth keeping; an object, or null.
    pub details: Json,
}

/// An entry as it stands in the journal.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "as in Entry")]
pub struct Kept {
    pub id: LineId,
    pub at: Instant,
    pub actor: Option<MemberId>,
    pub action: String,
    pub subject_kind: String,
    pub subject: Uuid,
    pub reason: Option<String>,
    pub details: Json,
}

/// Which lines to read; newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Only what was done to this thing.
    pub subject: Option<Uuid>,
    /// Only what this member did.
    pub actor: Option<MemberId>,
    /// Only what was done at this instant or later.
    pub from: Option<Instant>,
}
