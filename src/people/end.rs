//! Ending memberships before their time.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    Caller, letters,
    model::Membership,
    rules::{self, NotThen},
    store::{self, memberships::Running},
};
use crate::{
    journal::{self, Entry},
    kernel::{Code, Error, FieldError, Instant, MembershipId, Result, Value},
    outbox,
    store::{Db, Row, lock},
};

/// What somebody wants to end, and why.
#[derive(Debug, Clone)]
pub struct Ending {
    /// Which membership.
    pub membership: MembershipId,
    /// The last day it is to hold; today where nobody says.
    pub on: Option<NaiveDate>,
    /// Why, in words the member reads.
    pub reason: String,
}

/// Ends a membership and tells the member. What they booked beyond that day stays: `GET /reservations/affected` names
/// it.
pub fn end(db: &mut Db, staff: &Caller, wanted: &Ending, now: Instant) -> Result<Membership> {
    let Running { member, .. } = get(db, wanted.membership)?;
    lock(db, Row::Member, member.uuid())?;
    let Running { membership, .. } = get(db, wanted.membership)?;
    let house = store::house::get(db)?;
    let contact = store::members::get(db, member)?.contact();
    let ends_on = rules::early_end((membership.starts_on, membership.ends_on), wanted.on, house.today(now))
        .map_err(wrong)?;
    store::memberships::end(db, membership.id, ends_on, now)?;
    let letter =
        letters::membership_ended(&contact, &house.name, &membership.plan.1, (ends_on, &wanted.reason));
    outbox::post(db, letter, now)?;
    journal::note(
        db,
        Entry {
            at: now,
            actor: Some(staff.id),
            action: "membership_ended",
            subject_kind: "member",
            subject: member.uuid(),
            reason: Some(wanted.reason.clone()),
            details: json!({
                "membership": membership.id, "plan": membership.plan.0,
                "ends_on": ends_on, "before": membership.ends_on,
            }),
        },
    )?;
    Ok(Membership { ends_on, ..membership })
}

fn get(db: &mut Db, id: MembershipId) -> Result<Running> {
    store::memberships::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

fn wrong(why: NotThen) -> Error {
    let (code, date) = match why {
        NotThen::EndsAlready(date) => ("membership_ends_already", date),
        NotThen::Before(date) => ("before_membership", date),
    };
    Error::Invalid(vec![FieldError { path: "on".to_owned(), code, values: vec![("date", Value::On(date))] }])
}
