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

/// The last list of a controller for a machine.
#[derive(Debug, Clone, Default)]
pub struct Last {
    /// Its version; 0 where there was none.
    pub version: i64,
    /// What it said, in 32 bytes.
    pub print: Option<Vec<u8>>,
}

/// The last list of a controller for a machine.
pub fn last(db: &mut Db, controller: ControllerId, machine: MachineId) -> Result<Last> {
    let columns = (allow_list::version, allow_list::print);
    let kept = allow_list::table.find((controller, machine)).select(columns).get_result(db).optional()?;
    Ok(kept.map(|(version, print)| Last { version, print }).unwrap_or_default())
}

/// The version of a list that says this and follows `last`; nothing where another one does already.
pub fn next(
    db: &mut Db,
    (controller, machine): (ControllerId, MachineId),
    last: i64,
    print: [u8; 32],
) -> Result<Option<i64>> {
    let first = (
        allow_list::controller_id.eq(controller),
        allow_list::machine_id.eq(machine),
        allow_list::version.eq(0_i64),
    );
    on!(db, |c| insert_into(allow_list::table).values(first).on_conflict_do_nothing().execute(c))?;
    let follows = allow_list::table
        .filter(allow_list::controller_id.eq(controller))
        .filter(allow_list::machine_id.eq(machine))
        .filter(allow_list::version.eq(last));
    let written = diesel::update(follows)
        .set((allow_list::version.eq(last + 1), allow_list::print.eq(print.to_vec())))
        .execute(db)?;
    Ok((written == 1).then_some(last + 1))
}
