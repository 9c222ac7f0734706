//! When machines were looked after.

use chrono::TimeDelta;
use diesel::{
    dsl::sql,
    insert_into,
    prelude::*,
    sql_types::{BigInt, Nullable},
};

use crate::{
    kernel::{Id, Instant, MachineId, MemberId, Result},
    store::{
        Db,
        columns::SqlInstant,
        schema::{machine_service, power_session},
    },
};

/// Microseconds from the start of a session to its end, summed.
const SUM_SQLITE: &str = "SUM(COALESCE(ended_at, ";
const SUM_POSTGRES: &str = "CAST(EXTRACT(EPOCH FROM SUM(COALESCE(ended_at, ";

/// A service of a machine.
#[derive(Debug)]
pub enum Done {}

/// Writes a service down.
pub fn insert(
    db: &mut Db,
    id: Id<Done>,
    (machine, by): (MachineId, MemberId),
    note: Option<&str>,
    now: Instant,
) -> Result<()> {
    insert_into(machine_service::table)
        .values((
            machine_service::id.eq(id),
            machine_service::machine_id.eq(machine),
            machine_service::at.eq(now),
            machine_service::member_id.eq(by),
            machine_service::note.eq(note),
        ))
        .execute(db)?;
    Ok(())
}

/// When a machine was looked after last.
pub fn last(db: &mut Db, machine: MachineId) -> Result<Option<Instant>> {
    let of = machine_service::table.filter(machine_service::machine_id.eq(machine));
    Ok(of.order(machine_service::at.desc()).select(machine_service::at).limit(1).get_result(db).optional()?)
}

/// How long the sessions of a machine that began after an instant, or all, had it on: the database sums, however many
/// there were. One that runs counts until now.
pub fn on_since(db: &mut Db, machine: MachineId, after: Option<Instant>, now: Instant) -> Result<TimeDelta> {
    let (before, between) = match db {
        Db::Sqlite(_) => (SUM_SQLITE, ") - started_at)"),
        Db::Pg(_) => (SUM_POSTGRES, ") - started_at)) * 1000000 AS bigint)"),
    };
    let sum = sql::<Nullable<BigInt>>(before).bind::<SqlInstant, _>(now).sql(between);
    let after = after.unwrap_or(Instant::from_micros(0).unwrap_or(now));
    let sessions = power_session::table
        .filter(power_session::machine_id.eq(machine))
        .filter(power_session::started_at.gt(after))
        .filter(
            power_session::ended_at
                .is_null()
                .or(power_session::ended_at.gt(power_session::started_at.nullable())),
        )
        .filter(power_session::ended_at.is_not_null().or(power_session::started_at.lt(now)));
    let micros: Option<i64> = sessions.select(sum).get_result(db)?;
    Ok(TimeDelta::microseconds(micros.unwrap_or(0)))
}
