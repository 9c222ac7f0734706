//! What memberships are given under.

use serde_json::json;

use super::{
    Caller,
    model::{Plan, Terms},
    store,
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, Instant, PlanId, Result},
    store::Db,
    web::{IfMatch, etag},
};

/// The version of a plan as readers hold it.
#[must_use]
pub fn tag_of(plan: &Plan) -> etag::Tag {
    etag::tag(&[&"plan", &plan.id, &plan.version])
}

/// Every plan, by slug.
pub fn list(db: &mut Db) -> Result<Vec<Plan>> {
    store::plans::list(db)
}

/// The plan of this slug or identifier. Refuses with `not_found` when there is none.
pub fn get(db: &mut Db, slug_or_id: &str) -> Result<Plan> {
    store::plans::find(db, slug_or_id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// Makes a plan. Refuses with `slug_taken` when there is one of that slug.
pub fn make(db: &mut Db, staff: &Caller, plan: (&str, &Terms), now: Instant) -> Result<Plan> {
    let (slug, terms) = plan;
    let new = Plan { id: PlanId::new(), slug: slug.to_owned(), terms: terms.clone(), version: 1 };
    store::plans::insert(db, &new)?;
    note(db, Some(staff), &new, "plan_made", now)?;
    Ok(new)
}

/// Changes a plan as `change` says; memberships given before keep their days.
pub fn change(
    db: &mut Db,
    staff: &Caller,
    plan: (&str, &IfMatch),
    change: impl Fn(&mut Terms),
    now: Instant,
) -> Result<Plan> {
    let (slug_or_id, unchanged) = plan;
    let mut plan = get(db, slug_or_id)?;
    unchanged.allows(&tag_of(&plan))?;
    change(&mut plan.terms);
    let plan = store::plans::update(db, &plan)?;
    note(db, Some(staff), &plan, "plan_changed", now)?;
    Ok(plan)
}

/// Makes or changes the plan of this slug so that it says exactly this; whether anything had to be done.
pub fn put(db: &mut Db, slug: &str, terms: &Terms, now: Instant) -> Result<bool> {
    match store::plans::find(db, slug)? {
        Some(plan) if plan.terms == *terms => Ok(false),
        Some(plan) => {
            let plan = store::plans::update(db, &Plan { terms: terms.clone(), ..plan })?;
            note(db, None, &plan, "plan_changed", now).map(|()| true)
        }
        None => {
            let new = Plan { id: PlanId::new(), slug: slug.to_owned(), terms: terms.clone(), version: 1 };
            store::plans::insert(db, &new)?;
            note(db, None, &new, "plan_made", now).map(|()| true)
        }
    }
}

fn note(db: &mut Db, staff: Option<&Caller>, plan: &Plan, action: &'static str, now: Instant) -> Result<()> {
    let details = json!({ "slug": plan.slug, "terms": plan.terms });
    let (actor, subject) = (staff.map(|staff| staff.id), plan.id.uuid());
    journal::note(db, Entry { at: now, actor, action, subject_kind: "plan", subject, reason: None, details })
}
