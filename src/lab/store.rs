//! Rows and queries of the lab.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::model::{Closure, Day, Lab, OpeningSpan, Scope, Timetable};
use crate::{
    kernel::{
        ClosureId, Code, Error, Id, Instant, MachineId, MemberId, Name, Period, Refusal, Result, WorkshopId,
    },
    store::{
        Db, Row as Locked, lock, on,
        schema::{closure, lab, opening_span},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = lab)]
struct Row {
    id: Id<Lab>,
    slug: String,
    name: String,
    time_zone: String,
    charter_version: i32,
    charter_fr: String,
    charter_en: String,
    french_holidays: bool,
    demo: bool,
    calendar_version: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = opening_span)]
struct SpanRow {
    weekday: i32,
    opens_minute: i32,
    closes_minute: i32,
    staffed: bool,
    valid_from: Option<NaiveDate>,
    valid_to: Option<NaiveDate>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = closure)]
struct ClosureRow {
    id: ClosureId,
    workshop_id: Option<WorkshopId>,
    machine_id: Option<MachineId>,
    starts_at: Instant,
    ends_at: Instant,
    reason: String,
}

impl TryFrom<Row> for Lab {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        Ok(Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            zone: row.time_zone.parse().with_context(|| format!("the lab's time zone {}", row.time_zone))?,
            charter_version: row.charter_version,
            charter: Name { fr: row.charter_fr, en: row.charter_en },
            french_holidays: row.french_holidays,
            demo: row.demo,
            calendar_version: row.calendar_version,
        })
    }
}

impl TryFrom<SpanRow> for OpeningSpan {
    type Error = anyhow::Error;

    fn try_from(row: SpanRow) -> anyhow::Result<Self> {
        Ok(Self {
            weekday: Day::numbered(row.weekday).context("a weekday from 1 to 7")?,
            opens: row.opens_minute.try_into()?,
            closes: row.closes_minute.try_into()?,
            staffed: row.staffed,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
    }
}

impl TryFrom<ClosureRow> for Closure {
    type Error = anyhow::Error;

    fn try_from(row: ClosureRow) -> anyhow::Result<Self> {
        let scope = match (row.workshop_id, row.machine_id) {
            (_, Some(machine)) => Scope::Machine(machine),
            (Some(workshop), None) => Scope::Workshop(workshop),
            (None, None) => Scope::Lab,
        };
        let period =
            Period::new(row.starts_at, row.ends_at).context("a closure that ends after it starts")?;
        Ok(Self { id: row.id, scope, period, reason: row.reason })
    }
}

/// The lab of this database.
///
/// # Errors
/// A fault when the database is empty: `etabli demo` or `etabli lab apply` fills it.
pub fn get(db: &mut Db) -> Result<Lab> {
    find(db)?.ok_or_else(|| anyhow!("this database holds no lab yet: run `etabli lab apply FILE`").into())
}

/// The lab of this database, if it was described already.
pub fn find(db: &mut Db) -> Result<Option<Lab>> {
    let row: Option<Row> = lab::table.select(Row::as_select()).get_result(db).optional()?;
    Ok(row.map(Lab::try_from).transpose()?)
}

/// Opening hours and closures, read again only when `calendar_version` is another.
pub fn timetable(db: &mut Db) -> Result<Arc<Timetable>> {
    static KNOWN: RwLock<Option<HashMap<Id<Lab>, Arc<Timetable>>>> = RwLock::new(None);
    let current: Option<(Id<Lab>, i64)> =
        on!(db, |c| lab::table.select((lab::id, lab::calendar_version)).get_result(c)).optional()?;
    let known = current.and_then(|(id, version)| {
        let all = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
        all.as_ref()?.get(&id).filter(|known| known.lab.calendar_version == version).cloned()
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let fresh = Arc::new(Timetable { lab: get(db)?, spans: list_spans(db)?, closures: list_closures(db)? });
    let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
    all.get_or_insert_default().insert(fresh.lab.id, Arc::clone(&fresh));
    Ok(fresh)
}

/// The same, to be changed: whoever else changes hours or closures waits, or was first and is seen.
pub fn timetable_to_change(db: &mut Db) -> Result<Arc<Timetable>> {
    let id = get(db)?.id;
    lock(db, Locked::Lab, id.uuid())?;
    timetable(db)
}

fn list_spans(db: &mut Db) -> Result<Vec<OpeningSpan>> {
    let rows: Vec<SpanRow> = opening_span::table.select(SpanRow::as_select()).load(db)?;
    let mut spans = rows.into_iter().map(OpeningSpan::try_from).collect::<anyhow::Result<Vec<_>>>()?;
    spans.sort_unstable();
    Ok(spans)
}

fn list_closures(db: &mut Db) -> Result<Vec<Closure>> {
    let rows: Vec<ClosureRow> = closure::table.select(ClosureRow::as_select()).load(db)?;
    let mut closures = rows.into_iter().map(Closure::try_from).collect::<anyhow::Result<Vec<_>>>()?;
    closures.sort_unstable_by_key(|closure| (closure.period, closure.id));
    Ok(closures)
}

/// Replaces the weekly hours.
pub fn replace_spans(db: &mut Db, spans: &[OpeningSpan]) -> Result<()> {
    diesel::delete(opening_span::table).execute(db)?;
    for span in spans {
        diesel::insert_into(opening_span::table)
            .values((
                opening_span::id.eq(Id::<OpeningSpan>::new()),
                opening_span::weekday.eq(span.weekday.number()),
                opening_span::opens_minute.eq(i32::from(span.opens)),
                opening_span::closes_minute.eq(i32::from(span.closes)),
                opening_span::staffed.eq(span.staffed),
                opening_span::valid_from.eq(span.valid_from),
                opening_span::valid_to.eq(span.valid_to),
            ))
            .execute(db)?;
    }
    renew(db)
}

/// Writes a closure.
pub fn insert_closure(db: &mut Db, new: &Closure, by: Option<MemberId>, now: Instant) -> Result<()> {
    let (workshop, machine) = match new.scope {
        Scope::Lab => (None, None),
        Scope::Workshop(id) => (Some(id), None),
        Scope::Machine(id) => (None, Some(id)),
    };
    diesel::insert_into(closure::table)
        .values((
            closure::id.eq(new.id),
            closure::workshop_id.eq(workshop),
            closure::machine_id.eq(machine),
            closure::starts_at.eq(new.period.start()),
            closure::ends_at.eq(new.period.end()),
            closure::reason.eq(&new.reason),
            closure::created_by.eq(by),
            closure::created_at.eq(now),
        ))
        .execute(db)?;
    renew(db)
}

/// Takes a closure back.
pub fn delete_closure(db: &mut Db, id: ClosureId) -> Result<Closure> {
    let row: Option<ClosureRow> =
        closure::table.find(id).select(ClosureRow::as_select()).get_result(db).optional()?;
    let closure = Closure::try_from(row.ok_or_else(|| Error::from(Refusal::new(Code::NotFound)))?)?;
    diesel::delete(closure::table.find(id)).execute(db)?;
    renew(db)?;
    Ok(closure)
}

/// Writes the lab, or what changed of it.
pub fn save(db: &mut Db, new: &Lab) -> Result<()> {
    let values = (
        lab::slug.eq(&new.slug),
        lab::name.eq(&new.name),
        lab::time_zone.eq(new.zone.to_string()),
        lab::charter_version.eq(new.charter_version),
        lab::charter_fr.eq(&new.charter.fr),
        lab::charter_en.eq(&new.charter.en),
        lab::french_holidays.eq(new.french_holidays),
        lab::demo.eq(new.demo),
    );
    let changed = diesel::update(lab::table.find(new.id)).set(values.clone()).execute(db)?;
    if changed == 0 {
        let born =
            (lab::id.eq(new.id), lab::singleton.eq(true), lab::version.eq(1), lab::calendar_version.eq(0));
        diesel::insert_into(lab::table).values((born, values)).execute(db)?;
    }
    renew(db)
}

/// Gives the calendars another version; whatever changes the lab, its hours or its closures ends here. Random rather
/// than counted up: a version whose transaction was rolled back never comes again, so nothing cached under it can be
/// mistaken for the truth.
fn renew(db: &mut Db) -> Result<()> {
    let random = i64::try_from(Uuid::now_v7().as_u64_pair().1 >> 1).context("63 bits")?;
    diesel::update(lab::table).set(lab::calendar_version.eq(random)).execute(db)?;
    Ok(())
}
