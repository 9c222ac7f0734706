//! One small look at the database.

use diesel::prelude::*;

use crate::{
    kernel::Result,
    store::{Db, schema::letter},
};

/// How many letters wait to leave: an answer proves that the database and the outbox in it can be read.
pub fn letters_waiting(db: &mut Db) -> Result<i64> {
    Ok(letter::table.filter(letter::state.eq("waiting")).count().get_result(db)?)
}
