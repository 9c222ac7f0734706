//! Memberships, and what the gates ask of them.

use chrono::NaiveDate;
use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Instant, MemberId, MembershipId, Name, PlanId, Result},
    people::model::{Contact, Held, Membership, Rights},
    store::{
        Db, on,
        schema::{member, membership, plan},
    },
};

/// A membership to be kept.
pub struct New {
    /// Its identifier.
    pub id: MembershipId,
    /// Whose.
    pub member: MemberId,
    /// Under which plan.
    pub plan: PlanId,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Whether it was paid.
    pub paid: bool,
    /// When it was given.
    pub at: Instant,
    /// By whom; nobody where the program itself gives it.
    pub by: Option<MemberId>,
}

/// Keeps a new membership.
pub fn insert(db: &mut Db, new: &New) -> Result<()> {
    insert_into(membership::table)
        .values((
            membership::id.eq(new.id),
            membership::member_id.eq(new.member),
            membership::plan_id.eq(new.plan),
            membership::starts_on.eq(new.days.0),
            membership::ends_on.eq(new.days.1),
            membership::paid.eq(new.paid),
            membership::created_at.eq(new.at),
            membership::created_by.eq(new.by),
        ))
        .execute(db)?;
    Ok(())
}

/// A membership that may be ended.
pub struct Running {
    /// Whose.
    pub member: MemberId,
    /// The membership.
    pub membership: Membership,
}

/// The membership of this identifier.
pub fn find(db: &mut Db, id: MembershipId) -> Result<Option<Running>> {
    let found: Option<(MemberId, Row)> = membership::table
        .inner_join(plan::table)
        .filter(membership::id.eq(id))
        .select((membership::member_id, ROW))
        .first(db)
        .optional()?;
    Ok(found.map(|(member, row)| Running { member, membership: read(row) }))
}

/// Lets a membership end on another day than was said.
pub fn end(db: &mut Db, id: MembershipId, ends_on: NaiveDate, now: Instant) -> Result<()> {
    diesel::update(membership::table.find(id))
        .set((membership::ends_on.eq(ends_on), membership::ended_at.eq(Some(now))))
        .execute(db)?;
    Ok(())
}

type Row = (MembershipId, NaiveDate, NaiveDate, bool, Instant, (String, String, String));

type Columns = (
    membership::id,
    membership::starts_on,
    membership::ends_on,
    membership::paid,
    membership::created_at,
    (plan::slug, plan::name_fr, plan::name_en),
);

/// The columns of a [`Row`], in its order.
const ROW: Columns = (
    membership::id,
    membership::starts_on,
    membership::ends_on,
    membership::paid,
    membership::created_at,
    (plan::slug, plan::name_fr, plan::name_en),
);

/// The memberships of a member, the newest first.
pub fn list(db: &mut Db, member: MemberId) -> Result<Vec<Membership>> {
    let rows: Vec<Row> = membership::table
        .inner_join(plan::table)
        .filter(membership::member_id.eq(member))
        .order((membership::starts_on.desc(), membership::id.desc()))
        .select(ROW)
        .load(db)?;
    Ok(rows.into_iter().map(read).collect())
}

fn read((id, starts_on, ends_on, paid, created_at, (slug, fr, en)): Row) -> Membership {
    Membership { id, plan: (slug, Name { fr, en }), starts_on, ends_on, paid, created_at }
}

type HeldRow = (NaiveDate, NaiveDate, (String, Option<i32>, Option<i32>, bool));

/// The memberships of a member that have not ended before a date, by their first day.
pub fn held(db: &mut Db, member: MemberId, from: NaiveDate) -> Result<Vec<Held>> {
    let rows: Vec<HeldRow> = on!(db, |c| membership::table
        .inner_join(plan::table)
        .filter(membership::member_id.eq(member).and(membership::ends_on.ge(from)))
        .order((membership::starts_on, membership::id))
        .select((
            membership::starts_on,
            membership::ends_on,
            (plan::slug, plan::weekly_minutes, plan::reservations_ahead, plan::unstaffed_hours),
        ))
        .load(c))?;
    let read = |(starts_on, ends_on, (slug, weekly, ahead, unstaffed_hours)): HeldRow| {
        let (weekly_minutes, reservations_ahead) = (weekly.map(i64::from), ahead.map(i64::from));
        Held {
            starts_on,
            ends_on,
            plan: Rights { slug, weekly_minutes, reservations_ahead, unstaffed_hours },
        }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// A membership that ends soon, and whom to tell.
pub struct Ending {
    /// Which.
    pub id: MembershipId,
    /// Whom to tell.
    pub contact: Contact,
    /// Under which plan.
    pub plan: Name,
    /// The last day it holds.
    pub ends_on: NaiveDate,
}

type EndingRow = ((MembershipId, NaiveDate, NaiveDate), (MemberId, String, String, String), (String, String));

/// Memberships whose last day lies in a span of dates, both ends included, of members who have none that lasts longer.
/// Those that were never to last longer than that span are left out, and so are those somebody ended.
pub fn ending(db: &mut Db, first: NaiveDate, last: NaiveDate) -> Result<Vec<Ending>> {
    let later = diesel::alias!(membership as later);
    let rows: Vec<EndingRow> = membership::table
        .inner_join(member::table)
        .inner_join(plan::table)
        .filter(membership::ends_on.between(first, last))
        .filter(membership::ended_at.is_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(
            later
                .filter(later.field(membership::member_id).eq(membership::member_id))
                .filter(later.field(membership::ends_on).gt(membership::ends_on)),
        )))
        .order(membership::id)
        .select((
            (membership::id, membership::starts_on, membership::ends_on),
            (member::id, member::email, member::display_name, member::locale),
            (plan::name_fr, plan::name_en),
        ))
        .load(db)?;
    let short = |row: &EndingRow| row.0.2 - row.0.1 < last - first;
    rows.into_iter().filter(|row| !short(row)).map(read_ending).collect()
}

fn read_ending(
    ((id, _, ends_on), (member, email, display_name, locale), (fr, en)): EndingRow,
) -> Result<Ending> {
    let (email, locale) = (super::parse(&email, "address")?, super::parse(&locale, "language")?);
    let contact = Contact { id: member, email, display_name, locale };
    Ok(Ending { id, contact, plan: Name { fr, en }, ends_on })
}
