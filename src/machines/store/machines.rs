//! Rows and queries of machines.

use anyhow::Context;
use diesel::prelude::*;

use crate::{
    kernel::{Code, Error, Instant, MachineId, MemberId, Name, PageRequest, Result, WorkshopId},
    lab::Scope,
    machines::model::{Machine, MachineName, Outage, Rules, State},
    store::{Db, Row as Locked, lock, on, schema::machine},
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = machine, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: MachineId,
    workshop_id: WorkshopId,
    slug: String,
    name_fr: String,
    name_en: String,
    kind: Option<String>,
    position: i32,
    state: String,
    state_reason: Option<String>,
    state_by: Option<MemberId>,
    state_since: Option<Instant>,
    state_until: Option<Instant>,
    grid_minutes: i32,
    min_minutes: i32,
    max_minutes: i32,
    notice_minutes: i32,
    horizon_days: i32,
    cancel_minutes: i32,
    buffer_minutes: i32,
    min_age: Option<i32>,
    supervised: bool,
    unattended: bool,
    calendar_version: i64,
    version: i64,
}

/// The state of a machine as it is kept.
#[derive(Queryable, Selectable)]
#[diesel(table_name = machine)]
pub struct OutageRow {
    state: String,
    state_reason: Option<String>,
    state_by: Option<MemberId>,
    state_since: Option<Instant>,
    state_until: Option<Instant>,
}

impl OutageRow {
    /// Why the machine is out of service, if it is.
    ///
    /// # Errors
    /// For a state nobody knows, or one that does not say since when.
    pub fn outage(self) -> anyhow::Result<Option<Outage>> {
        let state: State = self.state.parse().with_context(|| format!("machine state {}", self.state))?;
        if state == State::InService {
            return Ok(None);
        }
        let since = self.state_since.context("an outage that says since when")?;
        let reason = self.state_reason.unwrap_or_default();
        Ok(Some(Outage { state, reason, by: self.state_by, since, until: self.state_until }))
    }
}

impl TryFrom<Row> for Machine {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let outage = OutageRow {
            state: row.state,
            state_reason: row.state_reason,
            state_by: row.state_by,
            state_since: row.state_since,
            state_until: row.state_until,
        };
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: Name { fr: row.name_fr, en: row.name_en },
            workshop: row.workshop_id,
            kind: row.kind,
            position: row.position,
            outage: outage.outage()?,
            rules: Rules {
                grid_minutes: row.grid_minutes,
                min_minutes: row.min_minutes,
                max_minutes: row.max_minutes,
                notice_minutes: row.notice_minutes,
                horizon_days: row.horizon_days,
                cancel_minutes: row.cancel_minutes,
                buffer_minutes: row.buffer_minutes,
                min_age: row.min_age,
                supervised: row.supervised,
                unattended: row.unattended,
            },
            calendar_version: row.calendar_version,
            version: row.version,
        })
    }
}

impl From<&Machine> for Row {
    fn from(machine: &Machine) -> Self {
        let outage = machine.outage.as_ref();
        let state: &'static str = outage.map_or(State::InService, |outage| outage.state).into();
        let Rules { min_age, supervised, unattended, .. } = machine.rules;
        Self {
            id: machine.id,
            workshop_id: machine.workshop,
            slug: machine.slug.clone(),
            name_fr: machine.name.fr.clone(),
            name_en: machine.name.en.clone(),
            kind: machine.kind.clone(),
            position: machine.position,
            state: state.to_owned(),
            state_reason: outage.map(|outage| outage.reason.clone()),
            state_by: outage.and_then(|outage| outage.by),
            state_since: outage.map(|outage| outage.since),
            state_until: outage.and_then(|outage| outage.until),
            grid_minutes: machine.rules.grid_minutes,
            min_minutes: machine.rules.min_minutes,
            max_minutes: machine.rules.max_minutes,
            notice_minutes: machine.rules.notice_minutes,
            horizon_days: machine.rules.horizon_days,
            cancel_minutes: machine.rules.cancel_minutes,
            buffer_minutes: machine.rules.buffer_minutes,
            min_age,
            supervised,
            unattended,
            calendar_version: machine.calendar_version,
            version: machine.version,
        }
    }
}

/// Every machine, or those of one workshop, in the order of its position.
pub fn list(db: &mut Db, within: Option<WorkshopId>) -> Result<Vec<Machine>> {
    let all = machine::table.order((machine::position, machine::slug)).select(Row::as_select());
    let rows: Vec<Row> = match within {
        Some(workshop) => all.filter(machine::workshop_id.eq(workshop)).load(db)?,
        None => all.load(db)?,
    };
    Ok(rows.into_iter().map(Machine::try_from).collect::<anyhow::Result<_>>()?)
}

/// A page of the machines, or of those of one workshop, in the order of their position; `after` is the key of [`key`].
pub fn page(db: &mut Db, within: Option<WorkshopId>, page: &PageRequest) -> Result<Vec<Machine>> {
    let mut query = machine::table.select(Row::as_select()).limit(page.rows()).into_boxed();
    if let Some(workshop) = within {
        query = query.filter(machine::workshop_id.eq(workshop));
    }
    if let Some((position, slug)) = page.last_read(unkey)? {
        let same = machine::position.eq(position).and(machine::slug.gt(slug));
        query = query.filter(machine::position.ge(position)).filter(machine::position.gt(position).or(same));
    }
    let rows: Vec<Row> = query.order((machine::position, machine::slug)).load(db)?;
    Ok(rows.into_iter().map(Machine::try_from).collect::<anyhow::Result<_>>()?)
}

/// The sorting key of a machine in a list.
#[must_use]
pub fn key(machine: &Machine) -> String {
    format!("{}:{}", machine.position, machine.slug)
}

/// Position and slug of a key.
pub fn unkey(key: &str) -> Option<(i32, String)> {
    let (position, slug) = key.split_once(':')?;
    Some((position.parse().ok()?, slug.to_owned()))
}

/// The machine of this slug or identifier.
pub fn find(db: &mut Db, key: &str) -> Result<Option<Machine>> {
    // The database takes no word with a NUL in it, and no slug has one.
    if key.contains('\0') {
        return Ok(None);
    }
    let found: Option<Row> = match key.parse::<MachineId>() {
        Ok(id) => on!(db, |c| machine::table.find(id).select(Row::as_select()).get_result(c)).optional()?,
        Err(_) => {
            on!(db, |c| machine::table.filter(machine::slug.eq(key)).select(Row::as_select()).get_result(c))
                .optional()?
        }
    };
    Ok(found.map(Machine::try_from).transpose()?)
}

/// The machine of this slug or identifier, or `not_found`.
pub fn get(db: &mut Db, key: &str) -> Result<Machine> {
    find(db, key)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// The machine of this identifier, or `not_found`.
pub fn get_by_id(db: &mut Db, id: MachineId) -> Result<Machine> {
    let row: Option<Row> =
        on!(db, |c| machine::table.find(id).select(Row::as_select()).get_result(c)).optional()?;
    let row = row.ok_or_else(|| Error::refused(Code::NotFound))?;
    Ok(Machine::try_from(row)?)
}

/// The same, to be changed: locked before it is read, so that two changes of one machine wait for each other.
pub fn get_to_change(db: &mut Db, key: &str) -> Result<Machine> {
    let id = get(db, key)?.id;
    lock(db, Locked::Machine, id.uuid())?;
    get_by_id(db, id)
}

/// Makes every booking of these machines wait, or see what this transaction is about to change. In the order of the
/// identifiers, as every lock.
pub fn hold_still(db: &mut Db, scope: Scope) -> Result<()> {
    if !db.shares_writing() {
        return Ok(());
    }
    let all: Vec<(MachineId, WorkshopId)> =
        machine::table.order(machine::id).select((machine::id, machine::workshop_id)).load(db)?;
    for (machine, workshop) in all {
        if scope.touches(workshop, machine) {
            lock(db, Locked::Machine, machine.uuid())?;
        }
    }
    Ok(())
}

/// Writes a new machine.
pub fn insert(db: &mut Db, new: &Machine) -> Result<()> {
    diesel::insert_into(machine::table).values(Row::from(new)).execute(db)?;
    Ok(())
}

/// Writes what changed of a machine.
pub fn update(db: &mut Db, changed: &Machine) -> Result<()> {
    diesel::update(machine::table.find(changed.id)).set(Row::from(changed)).execute(db)?;
    Ok(())
}

/// What these machines are called.
pub fn names(db: &mut Db) -> Result<Vec<MachineName>> {
    let rows: Vec<(MachineId, String, String, String)> =
        machine::table.select((machine::id, machine::slug, machine::name_fr, machine::name_en)).load(db)?;
    Ok(rows.into_iter().map(|(id, slug, fr, en)| MachineName { id, slug, name: Name { fr, en } }).collect())
}

/// The readable names of these machines.
pub fn slugs(db: &mut Db, ids: &[MachineId]) -> Result<Vec<(MachineId, String)>> {
    let those = machine::table.filter(machine::id.eq_any(ids.to_vec()));
    Ok(on!(db, |c| those.select((machine::id, machine::slug)).load(c))?)
}
