//! Rows of the log.

use anyhow::anyhow;
use diesel::{dsl::max, prelude::*};

use super::chain::{Hash, Head, Line};
use crate::{
    kernel::{ControllerId, Instant, MachineId, MemberId, PowerSessionId, Result},
    store::{
        Db, on,
        schema::{power_event, power_log_head},
    },
};

/// There is one.
const THE_HEAD: i32 = 1;

#[derive(Queryable, Insertable)]
#[diesel(table_name = power_event, treat_none_as_default_value = false)]
struct Row {
    seq: i64,
    at: Instant,
    kind: String,
    machine_id: Option<MachineId>,
    session_id: Option<PowerSessionId>,
    controller_id: Option<ControllerId>,
    member_id: Option<MemberId>,
    details: String,
    prev: Vec<u8>,
    hash: Vec<u8>,
}

/// Reads the head and makes other writers wait: a write of its own is a lock on both databases.
pub(super) fn take_head(db: &mut Db) -> Result<Head> {
    let taken =
        diesel::update(power_log_head::table.find(THE_HEAD)).set(power_log_head::seq.eq(power_log_head::seq));
    on!(db, |c| taken.execute(c))?;
    head(db)
}

pub(super) fn head(db: &mut Db) -> Result<Head> {
    let (seq, hash): (i64, Vec<u8>) = power_log_head::table
        .find(THE_HEAD)
        .select((power_log_head::seq, power_log_head::hash))
        .get_result(db)?;
    Ok(Head { seq, hash: whole(hash)? })
}

pub(super) fn move_head(db: &mut Db, head: Head) -> Result<()> {
    diesel::update(power_log_head::table.find(THE_HEAD))
        .set((power_log_head::seq.eq(head.seq), power_log_head::hash.eq(head.hash.as_slice())))
        .execute(db)?;
    Ok(())
}

pub(super) fn insert(db: &mut Db, line: &Line) -> Result<()> {
    diesel::insert_into(power_event::table).values(Row::from(line.clone())).execute(db)?;
    Ok(())
}

/// The highest number there is.
pub(super) fn last(db: &mut Db) -> Result<i64> {
    let last: Option<i64> = power_event::table.select(max(power_event::seq)).get_result(db)?;
    Ok(last.unwrap_or(0))
}

/// Lines after this number up to that one, in order.
pub(super) fn after(db: &mut Db, seq: i64, end: i64, most: i64) -> Result<Vec<Line>> {
    let rows: Vec<Row> = power_event::table
        .filter(power_event::seq.gt(seq))
        .filter(power_event::seq.le(end))
        .order(power_event::seq)
        .limit(most)
        .load(db)?;
    rows.into_iter().map(Row::line).collect()
}

/// Lines of these kinds after this number, in order.
pub(super) fn of_kinds(db: &mut Db, kinds: &[&str], seq: i64, most: i64) -> Result<Vec<Line>> {
    let rows: Vec<Row> = power_event::table
        .filter(power_event::kind.eq_any(kinds))
        .filter(power_event::seq.gt(seq))
        .order(power_event::seq)
        .limit(most)
        .load(db)?;
    rows.into_iter().map(Row::line).collect()
}

/// Lines before this number, the last first.
pub(super) fn newest(
    db: &mut Db,
    machine: Option<MachineId>,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<Line>> {
    let mut query = power_event::table.order(power_event::seq.desc()).limit(most).into_boxed();
    if let Some(machine) = machine {
        query = query.filter(power_event::machine_id.eq(machine));
    }
    if let Some(before) = before {
        query = query.filter(power_event::seq.lt(before));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(Row::line).collect()
}

impl Row {
    fn line(self) -> Result<Line> {
        Ok(Line {
            seq: self.seq,
            at: self.at,
            kind: self.kind,
            machine: self.machine_id,
            session: self.session_id,
            controller: self.controller_id,
            member: self.member_id,
            details: self.details,
            prev: whole(self.prev)?,
            hash: whole(self.hash)?,
        })
    }
}

impl From<Line> for Row {
    fn from(line: Line) -> Self {
        Self {
            seq: line.seq,
            at: line.at,
            kind: line.kind,
            machine_id: line.machine,
            session_id: line.session,
            controller_id: line.controller,
            member_id: line.member,
            details: line.details,
            prev: line.prev.to_vec(),
            hash: line.hash.to_vec(),
        }
    }
}

fn whole(bytes: Vec<u8>) -> anyhow::Result<Hash> {
    bytes.try_into().map_err(|bytes: Vec<u8>| anyhow!("a hash of {} bytes", bytes.len()))
}
