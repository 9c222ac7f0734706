//! The one place that writes claims.

mod overlap;
mod renew;
mod touch;

use anyhow::Context;
use chrono::TimeDelta;
use diesel::prelude::*;
use uuid::Uuid;

pub use self::renew::renew;
use self::{overlap::meeting, touch::Touch};
use crate::{
    kernel::{ClaimId, Code, Error, Id, Instant, MachineId, MemberId, Period, Refusal, Result, WorkshopId},
    machines::claims::Claim,
    store::{
        Conflict, Db, conflict, on,
        schema::{claim, machine},
    },
};

/// No claim is longer than this, by a CHECK of the table; so a range query need not look further back.
pub const LONGEST: TimeDelta = TimeDelta::days(8);

#[derive(Queryable, Selectable)]
#[diesel(table_name = claim)]
struct Row {
    machine_id: MachineId,
    starts_at: Instant,
    ends_at: Instant,
    use_ends_at: Instant,
    kind: String,
    holder_id: Id<Uuid>,
    member_id: Option<MemberId>,
    people: i32,
}

impl TryFrom<Row> for Claim {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let bounds = "a claim whose start, end of use and end of hold are in order";
        Ok(Self {
            machine: row.machine_id,
            period: Period::new(row.starts_at, row.use_ends_at).context(bounds)?,
            hold: Period::new(row.starts_at, row.ends_at).context(bounds)?,
            kind: row.kind.parse().with_context(|| format!("claim kind {}", row.kind))?,
            holder: row.holder_id.uuid(),
            member: row.member_id,
            people: row.people,
        })
    }
}

fn read(rows: Vec<Row>) -> Result<Vec<Claim>> {
    Ok(rows.into_iter().map(Claim::try_from).collect::<anyhow::Result<_>>()?)
}

/// Holds a machine.
///
/// # Errors
/// `machine_taken` when another claim meets this one.
pub fn insert(db: &mut Db, new: &Claim) -> Result<()> {
    touch(db, new.machine)?;
    let kind: &'static str = new.kind.into();
    let row = (
        claim::id.eq(ClaimId::new()),
        claim::machine_id.eq(new.machine),
        claim::starts_at.eq(new.hold.start()),
        claim::ends_at.eq(new.hold.end()),
        claim::use_ends_at.eq(new.period.end()),
        claim::kind.eq(kind),
        claim::holder_id.eq(Id::<Uuid>::from_uuid(new.holder)),
        claim::member_id.eq(new.member),
        claim::people.eq(new.people),
    );
    taken(on!(db, |c| diesel::insert_into(claim::table).values(row).execute(c)))
}

/// Moves what is held for `holder` on a machine to another period, in one statement: the old period is free in the
/// same instant.
///
/// # Errors
/// `machine_taken` when another claim meets the new period.
pub fn shift(db: &mut Db, machine: MachineId, holder: Uuid, period: Period, hold: Period) -> Result<()> {
    touch(db, machine)?;
    let claims = claim::table
        .filter(claim::holder_id.eq(Id::<Uuid>::from_uuid(holder)))
        .filter(claim::machine_id.eq(machine));
    let times = (
        claim::starts_at.eq(hold.start()),
        claim::ends_at.eq(hold.end()),
        claim::use_ends_at.eq(period.end()),
    );
    let start: Option<Instant> = claims.select(claim::starts_at).get_result(db).optional()?;
    taken(diesel::update(claims).set(times).execute(db))?;
    start.map_or(Ok(()), |start| renew::before(db, machine, start))
}

/// Says how many people stand in the workshop while a machine is held for `holder`.
pub fn crowd(db: &mut Db, machine: MachineId, holder: Uuid, people: i32) -> Result<()> {
    let claims = claim::table
        .filter(claim::holder_id.eq(Id::<Uuid>::from_uuid(holder)))
        .filter(claim::machine_id.eq(machine));
    diesel::update(claims).set(claim::people.eq(people)).execute(db)?;
    Ok(())
}

/// Gives up what is held for `holder` on a machine.
pub fn release(db: &mut Db, machine: MachineId, holder: Uuid) -> Result<()> {
    touch(db, machine)?;
    let claims = claim::table
        .filter(claim::holder_id.eq(Id::<Uuid>::from_uuid(holder)))
        .filter(claim::machine_id.eq(machine));
    let start: Option<Instant> = claims.select(claim::starts_at).get_result(db).optional()?;
    diesel::delete(claims).execute(db)?;
    start.map_or(Ok(()), |start| renew::before(db, machine, start))
}

/// Raises the machine's calendar version. On PostgreSQL this also takes the row's lock, which keeps those who want the
/// same machine in a queue instead of in a deadlock on the exclusion constraint.
pub fn touch(db: &mut Db, machine: MachineId) -> Result<()> {
    Touch { machine }.execute(db)?;
    Ok(())
}

fn taken(written: QueryResult<usize>) -> Result<()> {
    match written {
        Ok(_) => Ok(()),
        Err(error) if matches!(conflict(&error), Some(Conflict::Overlap(_))) => {
            Err(Refusal::new(Code::MachineTaken).into())
        }
        Err(error) => Err(Error::from(error)),
    }
}

/// Claims of a machine whose hold meets the period, in order.
pub fn on_machine(db: &mut Db, machine: MachineId, within: Period) -> Result<Vec<Claim>> {
    let rows = on!(db, |c| meeting(within).filter(machine::id.eq(machine)).select(Row::as_select()).load(c))?;
    read(rows)
}

/// Claims of these machines whose hold meets the period, in order of their start.
pub fn on_machines(db: &mut Db, machines: &[MachineId], within: Period) -> Result<Vec<Claim>> {
    let rows = meeting(within).filter(machine::id.eq_any(machines)).select(Row::as_select()).load(db)?;
    read(rows)
}

/// Claims of a member that end after an instant, however far ahead.
pub fn ahead(db: &mut Db, member: MemberId, from: Instant) -> Result<Vec<Claim>> {
    let rows: Vec<Row> = on!(db, |c| claim::table
        .filter(claim::member_id.eq(member))
        .filter(claim::starts_at.gt(from - LONGEST))
        .filter(claim::use_ends_at.gt(from))
        .order(claim::starts_at)
        .select(Row::as_select())
        .load(c))?;
    read(rows)
}

/// Claims of the machines of these workshops whose hold meets the period, in order of their start; with the workshop.
pub fn in_workshops(
    db: &mut Db,
    workshops: &[WorkshopId],
    within: Period,
) -> Result<Vec<(WorkshopId, Claim)>> {
    let there = meeting(within).filter(machine::workshop_id.eq_any(workshops));
    let rows: Vec<(WorkshopId, Row)> = there.select((machine::workshop_id, Row::as_select())).load(db)?;
    let claims = rows.into_iter().map(|(workshop, row)| anyhow::Ok((workshop, Claim::try_from(row)?)));
    Ok(claims.collect::<anyhow::Result<_>>()?)
}

/// Claims of the machines of a workshop whose hold meets the period.
pub fn in_workshop(db: &mut Db, workshop: WorkshopId, within: Period) -> Result<Vec<Claim>> {
    let rows = on!(db, |c| meeting(within)
        .filter(machine::workshop_id.eq(workshop))
        .select(Row::as_select())
        .load(c))?;
    read(rows)
}
