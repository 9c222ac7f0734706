//! Rows and queries of workshops.

use diesel::prelude::*;

use crate::{
    kernel::{Code, Error, Name, Result, WorkshopId},
    machines::model::Workshop,
    store::{Db, Row as Locked, lock, on, schema::workshop},
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = workshop, treat_none_as_default_value = false)]
struct WorkshopRow {
    id: WorkshopId,
    slug: String,
    name_fr: String,
    name_en: String,
    area_m2: i32,
    capacity: i32,
    position: i32,
    version: i64,
}

impl From<WorkshopRow> for Workshop {
    fn from(row: WorkshopRow) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: Name { fr: row.name_fr, en: row.name_en },
            area_m2: row.area_m2,
            capacity: row.capacity,
            position: row.position,
            version: row.version,
        }
    }
}

impl From<&Workshop> for WorkshopRow {
    fn from(workshop: &Workshop) -> Self {
        Self {
            id: workshop.id,
            slug: workshop.slug.clone(),
            name_fr: workshop.name.fr.clone(),
            name_en: workshop.name.en.clone(),
            area_m2: workshop.area_m2,
            capacity: workshop.capacity,
            position: workshop.position,
            version: workshop.version,
        }
    }
}

/// Every workshop, in the order of its position.
pub fn list_workshops(db: &mut Db) -> Result<Vec<Workshop>> {
    let rows: Vec<WorkshopRow> = workshop::table
        .order((workshop::position, workshop::slug))
        .select(WorkshopRow::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Workshop::from).collect())
}

/// The workshop of this slug or identifier.
pub fn find_workshop(db: &mut Db, key: &str) -> Result<Option<Workshop>> {
    let found: Option<WorkshopRow> = match key.parse::<WorkshopId>() {
        Ok(id) => workshop::table.find(id).select(WorkshopRow::as_select()).get_result(db).optional()?,
        Err(_) => workshop::table
            .filter(workshop::slug.eq(key))
            .select(WorkshopRow::as_select())
            .get_result(db)
            .optional()?,
    };
    Ok(found.map(Workshop::from))
}

/// The workshop of this slug or identifier, or `not_found`.
pub fn get_workshop(db: &mut Db, key: &str) -> Result<Workshop> {
    find_workshop(db, key)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// Writes a new workshop.
pub fn insert_workshop(db: &mut Db, new: &Workshop) -> Result<()> {
    diesel::insert_into(workshop::table).values(WorkshopRow::from(new)).execute(db)?;
    Ok(())
}

/// Writes what changed of a workshop.
pub fn update_workshop(db: &mut Db, changed: &Workshop) -> Result<()> {
    diesel::update(workshop::table.find(changed.id)).set(WorkshopRow::from(changed)).execute(db)?;
    Ok(())
}

/// The same, to be changed: locked before it is read, so that two changes of one workshop wait for each other.
pub fn get_workshop_to_change(db: &mut Db, key: &str) -> Result<Workshop> {
    let id = get_workshop(db, key)?.id;
    lock(db, Locked::Workshop, id.uuid())?;
    get_workshop_by_id(db, id)
}

/// Makes every other change of a workshop wait, or see what this transaction is about to change. In the order of the
/// identifiers, as every lock.
pub fn hold_workshops_still(db: &mut Db) -> Result<()> {
    if !db.shares_writing() {
        return Ok(());
    }
    let all: Vec<WorkshopId> = workshop::table.order(workshop::id).select(workshop::id).load(db)?;
    all.into_iter().try_for_each(|id| lock(db, Locked::Workshop, id.uuid()))
}

/// The workshop that a field called `workshop` names; a field error where there is none.
pub fn named_workshop(db: &mut Db, key: &str) -> Result<Workshop> {
    find_workshop(db, key)?.ok_or_else(|| Error::field("workshop", "unknown_workshop"))
}

/// The workshop of this identifier, or `not_found`.
pub fn get_workshop_by_id(db: &mut Db, id: WorkshopId) -> Result<Workshop> {
    let row: Option<WorkshopRow> =
        on!(db, |c| workshop::table.find(id).select(WorkshopRow::as_select()).get_result(c)).optional()?;
    row.map(Workshop::from).ok_or_else(|| Error::refused(Code::NotFound))
}
