//! Allow-lists: their versions, and whose a tag is.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{BadgeId, ControllerId, MachineId, Result},
    store::{
        Db, on,
        schema::{allow_list, badge_tag},
    },
};

/// The badge that has this tag in the lists of a controller, whatever became of it since.
pub fn tagged(db: &mut Db, controller: ControllerId, tag: &str) -> Result<Option<BadgeId>> {
    Ok(badge_tag::table
        .filter(badge_tag::controller_id.eq(controller))
        .filter(badge_tag::tag.eq(tag))
        .order(badge_tag::badge_id.desc())
        .limit(1)
        .select(badge_tag::badge_id)
        .get_result(db)
        .optional()?)
}

/// The version of a list that says this: the last one where it said the same, else the next.
pub fn version(db: &mut Db, controller: ControllerId, machine: MachineId, print: [u8; 32]) -> Result<i64> {
    let first = (
        allow_list::controller_id.eq(controller),
        allow_list::machine_id.eq(machine),
        allow_list::version.eq(0_i64),
    );
    on!(db, |c| insert_into(allow_list::table).values(first).on_conflict_do_nothing().execute(c))?;
    let this = || allow_list::table.find((controller, machine));
    let same = allow_list::print.is_not_null().and(allow_list::print.eq(print.to_vec()));
    let known: Option<i64> = this().filter(same).select(allow_list::version).get_result(db).optional()?;
    if let Some(version) = known {
        return Ok(version);
    }
    diesel::update(this())
        .set((allow_list::version.eq(allow_list::version + 1), allow_list::print.eq(print.to_vec())))
        .execute(db)?;
    Ok(this().select(allow_list::version).get_result(db)?)
}
