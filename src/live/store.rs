//! Which calendars are which.

use diesel::prelude::*;

use crate::{
    kernel::Result,
    store::{
        Db, on,
        schema::{lab, machine},
    },
};

/// A machine's slug, the version of its rules, the version of what holds it.
pub(super) type Version = (String, i64, i64);

/// The version of every machine's calendar.
pub(super) fn machines(db: &mut Db) -> Result<Vec<Version>> {
    let columns = (machine::slug, machine::version, machine::calendar_version);
    Ok(on!(db, |c| machine::table.select(columns).order(machine::position).load(c))?)
}

/// The version of the lab's hours and closures; none before there is a lab.
pub(super) fn lab(db: &mut Db) -> Result<Option<i64>> {
    Ok(on!(db, |c| lab::table.select(lab::calendar_version).get_result(c)).optional()?)
}
