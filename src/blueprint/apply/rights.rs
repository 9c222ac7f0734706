//! Trainings and plans.

use super::{Done, Kind, Outcome};
use crate::{
    blueprint::model::PlanDraft,
    kernel::{Instant, PageRequest, Result},
    people::plans as plan_room,
    store::Db,
    training::{self, define::Draft},
};

/// More trainings than any lab has.
const ALL: PageRequest = PageRequest { limit: u16::MAX, after: None };

/// Writes the trainings.
pub fn trainings(db: &mut Db, wanted: &[Draft], outcome: &mut Outcome, now: Instant) -> Result<()> {
    let known = training::list(db, &ALL)?;
    for draft in wanted {
        let before = known.iter().find(|one| one.slug == draft.slug);
        let after = training::define::put(db, draft, None, now)?;
        let done = match before {
            Some(before) if before.version == after.version => Done::Nothing,
            Some(_) => Done::Changed,
            None => Done::Made,
        };
        outcome.record(done, Kind::Training, &draft.slug);
    }
    for gone in known.iter().filter(|one| !wanted.iter().any(|draft| draft.slug == one.slug)) {
        outcome.leave(Kind::Training, &gone.slug);
    }
    Ok(())
}

/// Writes the plans.
pub fn plans(db: &mut Db, wanted: &[PlanDraft], outcome: &mut Outcome, now: Instant) -> Result<()> {
    let known = plan_room::list(db)?;
    for draft in wanted {
        let was_there = known.iter().any(|one| one.slug == draft.slug);
        let done = match plan_room::put(db, &draft.slug, &draft.terms, now)? {
            false => Done::Nothing,
            true if was_there => Done::Changed,
            true => Done::Made,
        };
        outcome.record(done, Kind::Plan, &draft.slug);
    }
    for gone in known.iter().filter(|one| !wanted.iter().any(|draft| draft.slug == one.slug)) {
        outcome.leave(Kind::Plan, &gone.slug);
    }
    Ok(())
}
