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

/// The next version of a list.
pub fn next_version(db: &mut Db, controller: ControllerId, machine: MachineId) -> Result<i64> {
    let first = (
        allow_list::controller_id.eq(controller),
        allow_list::machine_id.eq(machine),
        allow_list::version.eq(0_i64),
    );
    on!(db, |c| insert_into(allow_list::table).values(first).on_conflict_do_nothing().execute(c))?;
    let this = || allow_list::table.find((controller, machine));
    diesel::update(this()).set(allow_list::version.eq(allow_list::version + 1)).execute(db)?;
    Ok(this().select(allow_list::version).get_result(db)?)
}
