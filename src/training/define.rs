//! A training is made, or changes.

use serde_json::json;

use super::{model::Training, store::trainings};
use crate::{
    journal::{self, Entry},
    kernel::{Instant, MemberId, Name, NamePatch, Patch, Result, TrainingId},
    store::Db,
};

/// A training to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its readable name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: Name,
    /// How many months a certification holds; for ever where nothing is said.
    pub valid_months: Option<i32>,
}

/// What changes in a training; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Another readable name.
    pub slug: Patch<String>,
    /// Another name for people.
    pub name: NamePatch,
    /// Another length, for certifications given from now on.
    pub valid_months: Patch<Option<i32>>,
}

/// Makes a training. Refuses with `slug_taken`.
pub fn create(db: &mut Db, draft: &Draft, by: Option<MemberId>, now: Instant) -> Result<Training> {
    let training = Training {
        id: TrainingId::new(),
        slug: draft.slug.clone(),
        name: draft.name.clone(),
        valid_months: draft.valid_months,
        version: 1,
    };
    trainings::insert(db, &training)?;
    note(db, "training_created", &training, by, now)?;
    Ok(training)
}

/// Changes a training. Refuses with `slug_taken`. Certifications already given keep their last day.
pub fn change(
    db: &mut Db,
    before: Training,
    change: &Change,
    by: Option<MemberId>,
    now: Instant,
) -> Result<Training> {
    let mut after = before.clone();
    change.slug.clone().apply(&mut after.slug);
    change.name.clone().apply(&mut after.name);
    change.valid_months.apply(&mut after.valid_months);
    if after == before {
        return Ok(before);
    }
    let after = Training { version: before.version + 1, ..after };
    trainings::update(db, &after)?;
    note(db, "training_changed", &after, by, now)?;
    Ok(after)
}

/// Makes the training of this slug as the draft says, whether or not it was there; the same again changes nothing.
pub fn put(db: &mut Db, draft: &Draft, by: Option<MemberId>, now: Instant) -> Result<Training> {
    let Some(before) = trainings::find(db, &draft.slug)? else { return create(db, draft, by, now) };
    let wanted = Change {
        slug: Patch::Absent,
        name: draft.name.clone().into(),
        valid_months: Patch::Set(draft.valid_months),
    };
    change(db, before, &wanted, by, now)
}

fn note(
    db: &mut Db,
    action: &'static str,
    training: &Training,
    by: Option<MemberId>,
    now: Instant,
) -> Result<()> {
    journal::note(
        db,
        Entry {
            at: now,
            actor: by,
            action,
            subject_kind: "training",
            subject: training.id.uuid(),
            reason: None,
            details: json!({ "slug": training.slug, "name": training.name, "valid_months": training.valid_months }),
        },
    )
}
