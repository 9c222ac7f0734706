//! What this room reads of the lab's row.

use anyhow::Context;
use diesel::prelude::*;

use crate::{
    kernel::Result,
    people::model::House,
    store::{Db, schema::lab},
};

/// The lab as far as people are concerned; a fault where none was applied yet.
pub fn get(db: &mut Db) -> Result<House> {
    Ok(find(db)?.context("the database holds no lab yet")?)
}

/// The same, where there may be none.
pub fn find(db: &mut Db) -> Result<Option<House>> {
    let row: Option<(String, String, i32)> =
        lab::table.select((lab::name, lab::time_zone, lab::charter_version)).get_result(db).optional()?;
    row.map(|(name, zone, charter_version)| {
        Ok(House { name, zone: super::parse(&zone, "time zone")?, charter_version })
    })
    .transpose()
}
