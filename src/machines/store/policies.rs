//! Rows and queries of power policies.

use anyhow::Context;
use diesel::prelude::*;

use crate::{
    kernel::{MachineId, Result},
    machines::policy::PowerPolicy,
    store::{Db, schema::power_policy},
};

/// A policy as it is kept.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = power_policy, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PolicyRow {
    machine_id: MachineId,
    reservation: String,
    risk_class: i32,
    no_show_minutes: i32,
    max_session_minutes: i32,
    grace_minutes: i32,
    link_loss_running: String,
    link_loss_minutes: i32,
    link_loss_start: String,
    supervision: String,
    idle_watts: Option<i32>,
    idle_minutes: Option<i32>,
    service_hours: Option<i32>,
    version: i64,
}

impl TryFrom<PolicyRow> for PowerPolicy {
    type Error = anyhow::Error;

    fn try_from(row: PolicyRow) -> anyhow::Result<Self> {
        Ok(Self {
            reservation: row.reservation.parse().context("power_policy.reservation")?,
            risk_class: row.risk_class,
            no_show_minutes: row.no_show_minutes,
            max_session_minutes: row.max_session_minutes,
            grace_minutes: row.grace_minutes,
            link_loss_running: row.link_loss_running.parse().context("power_policy.link_loss_running")?,
            link_loss_minutes: row.link_loss_minutes,
            link_loss_start: row.link_loss_start.parse().context("power_policy.link_loss_start")?,
            supervision: row.supervision.parse().context("power_policy.supervision")?,
            idle_watts: row.idle_watts,
            idle_minutes: row.idle_minutes,
            service_hours: row.service_hours,
        })
    }
}

impl PolicyRow {
    fn of(machine_id: MachineId, policy: &PowerPolicy, version: i64) -> Self {
        let word = |word: &'static str| word.to_owned();
        Self {
            machine_id,
            reservation: word(policy.reservation.into()),
            risk_class: policy.risk_class,
            no_show_minutes: policy.no_show_minutes,
            max_session_minutes: policy.max_session_minutes,
            grace_minutes: policy.grace_minutes,
            link_loss_running: word(policy.link_loss_running.into()),
            link_loss_minutes: policy.link_loss_minutes,
            link_loss_start: word(policy.link_loss_start.into()),
            supervision: word(policy.supervision.into()),
            idle_watts: policy.idle_watts,
            idle_minutes: policy.idle_minutes,
            service_hours: policy.service_hours,
            version,
        }
    }
}

/// The policy of a machine and its version: the usual one, of version 0, where nobody decided.
pub fn policy(db: &mut Db, machine: MachineId) -> Result<(PowerPolicy, i64)> {
    let row: Option<PolicyRow> =
        power_policy::table.find(machine).select(PolicyRow::as_select()).get_result(db).optional()?;
    let Some(row) = row else { return Ok((PowerPolicy::default(), 0)) };
    let version = row.version;
    Ok((PowerPolicy::try_from(row)?, version))
}

/// The policies of every machine that somebody decided about.
pub fn policies(db: &mut Db) -> Result<Vec<(MachineId, PowerPolicy)>> {
    let rows: Vec<PolicyRow> = power_policy::table.select(PolicyRow::as_select()).load(db)?;
    let read = |row: PolicyRow| Ok((row.machine_id, PowerPolicy::try_from(row)?));
    Ok(rows.into_iter().map(read).collect::<anyhow::Result<_>>()?)
}

/// Writes the policy of a machine under its next version.
pub fn put_policy(db: &mut Db, machine: MachineId, policy: &PowerPolicy, version: i64) -> Result<()> {
    let row = PolicyRow::of(machine, policy, version);
    let changed = diesel::update(power_policy::table.find(machine)).set(&row).execute(db)?;
    if changed == 0 {
        diesel::insert_into(power_policy::table).values(&row).execute(db)?;
    }
    Ok(())
}
