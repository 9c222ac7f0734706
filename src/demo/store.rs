//! Rows that only the demonstration touches.

use diesel::prelude::*;

use crate::{
    kernel::Result,
    store::{
        Db,
        schema::{letter, member},
    },
};

/// Whether anybody has an account.
pub(super) fn has_members(db: &mut Db) -> Result<bool> {
    Ok(member::table.count().get_result::<i64>(db)? > 0)
}

/// Whether anybody is there who belongs to a demonstration.
pub(super) fn has_demo_members(db: &mut Db) -> Result<bool> {
    Ok(member::table.filter(member::demo).count().get_result::<i64>(db)? > 0)
}

/// Throws away every letter posted so far: they speak of a past in which nobody was.
pub(super) fn throw_letters_away(db: &mut Db) -> Result<()> {
    diesel::delete(letter::table).execute(db)?;
    Ok(())
}

/// Takes the letters posted so far for sent: they are kept so that they are not written again.
pub(super) fn keep_letters_in(db: &mut Db) -> Result<()> {
    diesel::update(letter::table)
        .set((letter::state.eq("sent"), letter::sent_at.eq(letter::created_at.nullable())))
        .execute(db)?;
    Ok(())
}
