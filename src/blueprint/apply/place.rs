//! The place itself, its hours and closures.

use super::{Birth, Done, Kind, Outcome, lab_id, note};
use crate::{
    blueprint::model::{ClosureDraft, Place},
    kernel::{ClosureId, Error, FieldError, Id, Instant, Result},
    lab::{self, Closure, Lab, OpeningSpan, Scope},
    machines::{self, affected, change_hours::change_hours},
    store::Db,
};

/// Writes the place.
///
/// # Errors
/// A field error where the file is of another lab than the database: its slug does not change.
pub fn lab(db: &mut Db, place: &Place, birth: Birth, outcome: &mut Outcome, now: Instant) -> Result<()> {
    let before = lab::store::find(db)?;
    if let Some(before) = before.as_ref().filter(|before| before.slug != place.slug) {
        let values = vec![("before", before.slug.as_str().into()), ("slug", place.slug.as_str().into())];
        return Err(Error::Invalid(vec![FieldError { path: "lab.slug".into(), code: "other_lab", values }]));
    }
    let wanted = Lab {
        id: before.as_ref().map_or_else(Id::new, |lab| lab.id),
        slug: place.slug.clone(),
        name: place.name.clone(),
        zone: place.zone,
        charter_version: place.charter_version,
        charter: place.charter.clone(),
        french_holidays: place.french_holidays,
        demo: before.as_ref().map_or(birth == Birth::Demonstration, |lab| lab.demo),
        calendar_version: before.as_ref().map_or(0, |lab| lab.calendar_version),
    };
    let (done, action) = match before {
        Some(before) if before == wanted => return Ok(()),
        Some(_) => (Done::Changed, "lab_changed"),
        None => (Done::Made, "lab_made"),
    };
    lab::store::save(db, &wanted)?;
    outcome.record(done, Kind::Lab, &wanted.slug);
    note(db, action, ("lab", wanted.id.uuid()), &wanted.slug, now)
}

/// Writes the weekly hours, all of them where one differs.
pub fn hours(db: &mut Db, wanted: &[OpeningSpan], outcome: &mut Outcome, now: Instant) -> Result<()> {
    let before = lab::timetable(db)?;
    if before.spans == wanted {
        return Ok(());
    }
    let done = if before.spans.is_empty() { Done::Made } else { Done::Changed };
    outcome.hurt.extend(change_hours(db, wanted, |_| Ok(()), None, now)?.reservations);
    outcome.record(done, Kind::Hours, "");
    Ok(())
}

/// Writes closures that are not there yet; those that staff made are theirs.
pub fn closures(db: &mut Db, wanted: &[ClosureDraft], outcome: &mut Outcome, now: Instant) -> Result<()> {
    let known = lab::timetable(db)?;
    for draft in wanted {
        let scope = scope(db, draft)?;
        let same = |one: &&Closure| one.scope == scope && one.period == draft.period;
        let done = match known.closures.iter().find(same) {
            Some(before) if before.reason == draft.reason => continue,
            Some(before) => {
                lab::store::delete_closure(db, before.id)?;
                Done::Changed
            }
            None => Done::Made,
        };
        let closure =
            Closure { id: ClosureId::new(), scope, period: draft.period, reason: draft.reason.clone() };
        lab::store::insert_closure(db, &closure, None, now)?;
        if done == Done::Made {
            outcome.hurt.extend(affected::meeting(db, scope, draft.period, now)?);
        }
        outcome.record(done, Kind::Closure, &draft.reason);
        let lab = lab_id(db)?;
        note(db, "closure_made", ("lab", lab), &draft.reason, now)?;
    }
    Ok(())
}

fn scope(db: &mut Db, draft: &ClosureDraft) -> Result<Scope> {
    Ok(match (&draft.workshop, &draft.machine) {
        (_, Some(slug)) => Scope::Machine(machines::get(db, slug)?.id),
        (Some(slug), None) => Scope::Workshop(machines::store::get_workshop(db, slug)?.id),
        (None, None) => Scope::Lab,
    })
}
