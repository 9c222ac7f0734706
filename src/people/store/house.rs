//! What this room reads of the lab's row.

use anyhow::Context;
use diesel::prelude::*;

use crate::{
    kernel::Result,
    people::model::House,
    store::{Db, schema::lab},
};

/// The lab as far as people are concerned.
pub fn get(db: &mut Db) -> Result<House> {
    let row: Option<(String, String, i32)> =
        lab::table.select((lab::name, lab::time_zone, lab::charter_version)).first(db).optional()?;
    let (name, zone, charter_version) = row.context("the database holds no lab yet")?;
    Ok(House { name, zone: super::parse(&zone, "time zone")?, charter_version })
}
