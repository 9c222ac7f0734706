//! What power machines have.

use anyhow::Context;
use diesel::{prelude::*, upsert::excluded};

use crate::{
    kernel::{Instant, MachineId, Result},
    power::{Fault, Observed},
    store::{Db, on, schema::power_observed},
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = power_observed, treat_none_as_default_value = false)]
struct Row {
    machine_id: MachineId,
    source: String,
    online: bool,
    is_on: Option<bool>,
    watts: Option<f64>,
    fault: Option<String>,
    seen_at: Instant,
    since: Instant,
    idle_since: Option<Instant>,
    watt_hours: f64,
}

impl TryFrom<Row> for Observed {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let fault = row.fault.map(|word| word.parse().with_context(|| format!("power fault {word}")));
        Ok(Self {
            machine: row.machine_id,
            source: row.source.parse().with_context(|| format!("power source {}", row.source))?,
            online: row.online,
            on: row.is_on,
            watts: row.watts,
            fault: fault.transpose()?,
            seen_at: row.seen_at,
            since: row.since,
            idle_since: row.idle_since,
            watt_hours: row.watt_hours,
        })
    }
}

impl From<&Observed> for Row {
    fn from(of: &Observed) -> Self {
        let source: &'static str = of.source.into();
        let word = |fault: Fault| <&'static str>::from(fault).to_owned();
        Self {
            machine_id: of.machine,
            source: source.to_owned(),
            online: of.online,
            is_on: of.on,
            watts: of.watts,
            fault: of.fault.map(word),
            seen_at: of.seen_at,
            since: of.since,
            idle_since: of.idle_since,
            watt_hours: of.watt_hours,
        }
    }
}

pub(in super::super) fn observed(db: &mut Db, machine: MachineId) -> Result<Option<Observed>> {
    let row: Option<Row> = power_observed::table.find(machine).get_result(db).optional()?;
    Ok(row.map(Observed::try_from).transpose()?)
}

pub(in super::super) fn keep(db: &mut Db, of: &Observed) -> Result<()> {
    let replaced = (
        power_observed::source.eq(excluded(power_observed::source)),
        power_observed::online.eq(excluded(power_observed::online)),
        power_observed::is_on.eq(excluded(power_observed::is_on)),
        power_observed::watts.eq(excluded(power_observed::watts)),
        power_observed::fault.eq(excluded(power_observed::fault)),
        power_observed::seen_at.eq(excluded(power_observed::seen_at)),
        power_observed::since.eq(excluded(power_observed::since)),
        power_observed::idle_since.eq(excluded(power_observed::idle_since)),
        power_observed::watt_hours.eq(excluded(power_observed::watt_hours)),
    );
    on!(db, |c| diesel::insert_into(power_observed::table)
        .values(Row::from(of))
        .on_conflict(power_observed::machine_id)
        .do_update()
        .set(replaced)
        .execute(c))?;
    Ok(())
}

pub(in super::super) fn forget(db: &mut Db, machine: MachineId) -> Result<()> {
    diesel::delete(power_observed::table.find(machine)).execute(db)?;
    Ok(())
}

pub(in super::super) fn all_observed(db: &mut Db) -> Result<Vec<Observed>> {
    let rows: Vec<Row> = power_observed::table.load(db)?;
    Ok(rows.into_iter().map(Observed::try_from).collect::<anyhow::Result<_>>()?)
}
