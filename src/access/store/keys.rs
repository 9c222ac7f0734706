//! Keys that were replaced.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{ControllerId, Instant, Result},
    store::{Db, schema::retired_key},
    wire::PublicKey,
};

/// Notes that a key was replaced.
pub fn retire(db: &mut Db, controller: ControllerId, key: &PublicKey, now: Instant) -> Result<()> {
    insert_into(retired_key::table)
        .values((
            retired_key::public_key.eq(key.bytes().to_vec()),
            retired_key::controller_id.eq(controller),
            retired_key::retired_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Whether a key was replaced once.
pub fn is_retired(db: &mut Db, key: &PublicKey) -> Result<bool> {
    let found: Option<ControllerId> = retired_key::table
        .find(key.bytes().to_vec())
        .select(retired_key::controller_id)
        .get_result(db)
        .optional()?;
    Ok(found.is_some())
}
