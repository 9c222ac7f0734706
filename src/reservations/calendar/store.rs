//! Whether anything changed, told by one statement.

use anyhow::Context;
use diesel::prelude::*;

use super::{
    asked::Which,
    versions::{Version, Versions},
};
use crate::{
    kernel::{Id, MachineId, Result},
    lab::Lab,
    machines,
    store::{
        Db, on,
        schema::{lab, machine},
    },
};

type Row = ((Id<Lab>, i64, String), Version);

const ROW: (
    (lab::id, lab::calendar_version, lab::time_zone),
    (machine::id, machine::version, machine::calendar_version),
) = (
    (lab::id, lab::calendar_version, lab::time_zone),
    (machine::id, machine::version, machine::calendar_version),
);

/// The versions of what is asked for; none where there is no such machine, or where one statement does not tell.
pub(super) fn versions(db: &mut Db, which: &Which) -> Result<Option<Versions>> {
    let rows: Vec<Row> = match which {
        Which::Machine(key) => match key.parse::<MachineId>() {
            Ok(id) => on!(db, |c| {
                lab::table.inner_join(machine::table.on(machine::id.eq(id))).select(ROW).load(c)
            })?,
            Err(_) => on!(db, |c| {
                lab::table.inner_join(machine::table.on(machine::slug.eq(key))).select(ROW).load(c)
            })?,
        },
        Which::Machines(None, page) => {
            let mut all = lab::table
                .inner_join(machine::table.on(machine::id.is_not_null()))
                .order((machine::position, machine::slug))
                .limit(page.rows())
                .select(ROW)
                .into_boxed();
            if let Some((position, slug)) = page.last_read(machines::store::unkey)? {
                let same = machine::position.eq(position).and(machine::slug.gt(slug));
                all = all
                    .filter(machine::position.ge(position))
                    .filter(machine::position.gt(position).or(same));
            }
            all.load(db)?
        }
        Which::Machines(Some(_), _) => return Ok(None),
    };
    let Some(((lab, version, zone), _)) = rows.first() else { return Ok(None) };
    let zone = zone.parse().with_context(|| format!("the lab's time zone {zone}"))?;
    let lab = (*lab, *version);
    Ok(Some(Versions { lab, zone, machines: rows.into_iter().map(|(_, machine)| machine).collect() }))
}
