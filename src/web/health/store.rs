//! The smallest question to the database.

use diesel::{dsl::sql, prelude::*, sql_types::Integer};

use crate::{kernel::Result, store::Db};

/// Asks for the number one.
pub(super) fn probe(db: &mut Db) -> Result<()> {
    diesel::select(sql::<Integer>("1")).get_result::<i32>(db)?;
    Ok(())
}
