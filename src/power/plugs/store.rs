//! Rows of plugs.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use serde_json::{Map, Value as Json};

use super::model::{Plug, Wiring};
use crate::{
    kernel::{Error, Id, Instant, MachineId, PlugId, Result},
    store::{
        Conflict, Db, conflict,
        schema::{plug, plug_keeper},
    },
};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = plug, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: PlugId,
    machine_id: MachineId,
    adapter: String,
    topic: String,
    channel: String,
    meter: Option<String>,
    lease_seconds: Option<i32>,
    settings: String,
    settings_at: Option<Instant>,
    created_at: Instant,
}

impl TryFrom<Row> for Plug {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.id,
            machine: row.machine_id,
            wiring: Wiring {
                adapter: row.adapter.parse().with_context(|| format!("plug adapter {}", row.adapter))?,
                topic: row.topic,
                channel: row.channel,
                meter: row.meter,
                lease_seconds: row.lease_seconds,
            },
            settings: serde_json::from_str(&row.settings).context("the settings of a plug")?,
            settings_at: row.settings_at,
            created_at: row.created_at,
        })
    }
}

impl From<&Plug> for Row {
    fn from(plug: &Plug) -> Self {
        let adapter: &'static str = plug.wiring.adapter.into();
        Self {
            id: plug.id,
            machine_id: plug.machine,
            adapter: adapter.to_owned(),
            topic: plug.wiring.topic.clone(),
            channel: plug.wiring.channel.clone(),
            meter: plug.wiring.meter.clone(),
            lease_seconds: plug.wiring.lease_seconds,
            settings: Json::Object(plug.settings.clone()).to_string(),
            settings_at: plug.settings_at,
            created_at: plug.created_at,
        }
    }
}

pub(in super::super) fn list(db: &mut Db) -> Result<Vec<Plug>> {
    let rows: Vec<Row> = plug::table.order((plug::created_at, plug::id)).load(db)?;
    Ok(rows.into_iter().map(Plug::try_from).collect::<anyhow::Result<_>>()?)
}

pub(in super::super) fn find(db: &mut Db, id: PlugId) -> Result<Option<Plug>> {
    let row: Option<Row> = plug::table.find(id).get_result(db).optional()?;
    Ok(row.map(Plug::try_from).transpose()?)
}

pub(super) fn is_before(db: &mut Db, machine: MachineId) -> Result<bool> {
    Ok(select(exists(plug::table.filter(plug::machine_id.eq(machine)))).get_result(db)?)
}

pub(super) fn insert(db: &mut Db, plug: &Plug) -> Result<()> {
    diesel::insert_into(plug::table).values(Row::from(plug)).execute(db).map_err(taken)?;
    Ok(())
}

pub(super) fn update(db: &mut Db, plug: &Plug) -> Result<()> {
    diesel::update(plug::table.find(plug.id)).set(Row::from(plug)).execute(db).map_err(taken)?;
    Ok(())
}

pub(super) fn delete(db: &mut Db, id: PlugId) -> Result<()> {
    diesel::delete(plug::table.find(id)).execute(db)?;
    Ok(())
}

/// Keeps what a plug said of its settings.
pub(in super::super) fn keep_settings(
    db: &mut Db,
    id: PlugId,
    settings: &Map<String, Json>,
    now: Instant,
) -> Result<()> {
    let text = Json::Object(settings.clone()).to_string();
    diesel::update(plug::table.find(id))
        .set((plug::settings.eq(text), plug::settings_at.eq(Some(now))))
        .execute(db)?;
    Ok(())
}

/// One plug for each machine, one machine for each relay.
fn taken(error: diesel::result::Error) -> Error {
    match conflict(&error) {
        Some(duplicate @ Conflict::Duplicate(_)) if duplicate.is_about("machine_id") => {
            Error::field("machine", "has_plug")
        }
        Some(Conflict::Duplicate(_)) => Error::field("topic", "plug_taken"),
        Some(Conflict::Overlap(_) | Conflict::Missing | Conflict::Retry) | None => error.into(),
    }
}

/// An instance that may speak with the plugs.
pub(in super::super) enum Keeper {}

/// Takes or keeps the right to speak with the plugs; whether it is this instance's until then.
pub(in super::super) fn hold(db: &mut Db, holder: Id<Keeper>, until: Instant, now: Instant) -> Result<bool> {
    let free =
        plug_keeper::until.is_null().or(plug_keeper::until.le(now)).or(plug_keeper::holder_id.eq(holder));
    let held = diesel::update(plug_keeper::table.filter(free))
        .set((plug_keeper::holder_id.eq(Some(holder)), plug_keeper::until.eq(Some(until))))
        .execute(db)?;
    Ok(held == 1)
}
