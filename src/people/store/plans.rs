//! Plans.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Code, Error, Name, PlanId, Result},
    people::model::{Plan, Terms},
    store::{Db, conflict, schema::plan},
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plan, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: PlanId,
    slug: String,
    name_fr: String,
    name_en: String,
    duration_days: i32,
    weekly_minutes: Option<i32>,
    reservations_ahead: Option<i32>,
    unstaffed_hours: bool,
    active: bool,
    version: i64,
}

/// Keeps a new plan. Refuses with `slug_taken` when there is one of that slug.
pub fn insert(db: &mut Db, new: &Plan) -> Result<()> {
    insert_into(plan::table).values(Row::of(new)).execute(db).map_err(|error| match conflict(&error) {
        Some(found) if found.is_about("slug") => Error::refused(Code::SlugTaken),
        _ => error.into(),
    })?;
    Ok(())
}

/// Writes what changed in a plan and lets its version grow; refuses where somebody else wrote that version.
pub fn update(db: &mut Db, changed: &Plan) -> Result<Plan> {
    let next = Plan { version: changed.version + 1, ..changed.clone() };
    let before = plan::table.filter(plan::id.eq(changed.id)).filter(plan::version.eq(changed.version));
    if diesel::update(before).set(Row::of(&next)).execute(db)? == 0 {
        return Err(Error::refused(Code::PreconditionFailed));
    }
    Ok(next)
}

/// The plan of this slug or identifier.
pub fn find(db: &mut Db, slug_or_id: &str) -> Result<Option<Plan>> {
    let row: Option<Row> = match slug_or_id.parse::<PlanId>() {
        Ok(id) => plan::table.find(id).select(Row::as_select()).get_result(db).optional()?,
        Err(_) => plan::table
            .filter(plan::slug.eq(slug_or_id))
            .select(Row::as_select())
            .get_result(db)
            .optional()?,
    };
    Ok(row.map(Row::plan))
}

/// Every plan, by slug.
pub fn list(db: &mut Db) -> Result<Vec<Plan>> {
    let rows: Vec<Row> = plan::table.order(plan::slug).select(Row::as_select()).load(db)?;
    Ok(rows.into_iter().map(Row::plan).collect())
}

impl Row {
    fn of(one: &Plan) -> Self {
        let terms = one.terms.clone();
        Self {
            id: one.id,
            slug: one.slug.clone(),
            name_fr: terms.name.fr,
            name_en: terms.name.en,
            duration_days: terms.duration_days,
            weekly_minutes: terms.weekly_minutes,
            reservations_ahead: terms.reservations_ahead,
            unstaffed_hours: terms.unstaffed_hours,
            active: terms.active,
            version: one.version,
        }
    }

    fn plan(self) -> Plan {
        Plan {
            id: self.id,
            slug: self.slug,
            terms: Terms {
                name: Name { fr: self.name_fr, en: self.name_en },
                duration_days: self.duration_days,
                weekly_minutes: self.weekly_minutes,
                reservations_ahead: self.reservations_ahead,
                unstaffed_hours: self.unstaffed_hours,
                active: self.active,
            },
            version: self.version,
        }
    }
}
