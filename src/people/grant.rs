//! Giving memberships.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    model::Membership,
    rules,
    store::{self, memberships::New},
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, Instant, MemberId, MembershipId, Result},
    store::{Db, is_duplicate},
};

/// A membership to be given.
#[derive(Debug, Clone)]
pub struct Grant {
    /// To whom.
    pub member: MemberId,
    /// Under which plan, by slug or identifier.
    pub plan: String,
    /// The first day it holds.
    pub starts_on: NaiveDate,
    /// Whether it was paid.
    pub paid: bool,
    /// By whom; nobody where the program itself gives it, and then the journal says nothing.
    pub by: Option<MemberId>,
}

/// Gives a membership that lasts as long as its plan says.
///
/// # Errors
/// Field errors; `membership_exists` where the member has the same from the same day on.
pub fn grant(db: &mut Db, wanted: &Grant, now: Instant) -> Result<Membership> {
    let house = store::house::get(db)?;
    let member =
        store::members::without_roles(db, wanted.member)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    let plan = store::plans::find(db, &wanted.plan)?.ok_or_else(|| Error::field("plan", "unknown_plan"))?;
    if !plan.terms.active {
        return Err(Error::field("plan", "plan_inactive"));
    }
    if !rules::plausible_start(wanted.starts_on, house.today(now)) {
        return Err(Error::field("starts_on", "date_implausible"));
    }
    let ends_on = rules::last_day(wanted.starts_on, plan.terms.duration_days);
    let new = New {
        id: MembershipId::new(),
        member: member.id,
        plan: plan.id,
        days: (wanted.starts_on, ends_on),
        paid: wanted.paid,
        at: now,
        by: wanted.by,
    };
    store::memberships::insert(db, &new)
        .map_err(|error| if is_duplicate(&error) { Error::refused(Code::MembershipExists) } else { error })?;
    note(db, &new, &plan.slug)?;
    let plan = (plan.slug, plan.terms.name);
    Ok(Membership {
        id: new.id,
        plan,
        starts_on: wanted.starts_on,
        ends_on,
        paid: wanted.paid,
        created_at: now,
    })
}

fn note(db: &mut Db, new: &New, plan: &str) -> Result<()> {
    let Some(by) = new.by else { return Ok(()) };
    let details = json!({
        "membership": new.id, "plan": plan, "starts_on": new.days.0, "ends_on": new.days.1, "paid": new.paid,
    });
    let entry = Entry {
        at: new.at,
        actor: Some(by),
        action: "membership_given",
        subject_kind: "member",
        subject: new.member.uuid(),
        reason: None,
        details,
    };
    journal::note(db, entry)
}
