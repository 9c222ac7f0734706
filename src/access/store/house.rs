//! The public half of the house's own key.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Instant, Result},
    store::{Db, on, schema::house_key},
    wire::PublicKey,
};

/// There is one.
const ONE: i32 = 1;

/// The key this database was used with; `key` from now on, if it was used with none.
pub fn key_or(db: &mut Db, key: &PublicKey, now: Instant) -> Result<Vec<u8>> {
    let row =
        (house_key::one.eq(ONE), house_key::public_key.eq(key.bytes().to_vec()), house_key::made_at.eq(now));
    on!(db, |c| insert_into(house_key::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(house_key::table.find(ONE).select(house_key::public_key).get_result(db)?)
}

/// The key this database was used with, if it was.
pub fn key(db: &mut Db) -> Result<Option<Vec<u8>>> {
    Ok(house_key::table.find(ONE).select(house_key::public_key).get_result(db).optional()?)
}
