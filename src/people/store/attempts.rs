//! Failed sign-ins by fingerprint of the address tried.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Instant, Result, secret::Fingerprint},
    people::rules::Failures,
    store::{Db, on, schema::sign_in_failure},
};

/// The failures of this address since its last success.
pub fn of(db: &mut Db, address: Fingerprint) -> Result<Failures> {
    let row: Option<(i32, Instant)> = sign_in_failure::table
        .find(address.bytes().to_vec())
        .select((sign_in_failure::failures, sign_in_failure::last_at))
        .get_result(db)
        .optional()?;
    Ok(row.map_or_else(Failures::default, |(count, last_at)| Failures { count, last_at: Some(last_at) }))
}

/// Replaces the failures seen by others; whether nobody else changed them meanwhile.
pub fn replace(db: &mut Db, address: Fingerprint, seen: &Failures, next: &Failures) -> Result<bool> {
    let Some(last_at) = next.last_at else { return Ok(false) };
    let key = address.bytes().to_vec();
    let changed = if let Some(seen_at) = seen.last_at {
        let as_seen = sign_in_failure::failures.eq(seen.count).and(sign_in_failure::last_at.eq(seen_at));
        diesel::update(sign_in_failure::table.find(key).filter(as_seen))
            .set((sign_in_failure::failures.eq(next.count), sign_in_failure::last_at.eq(last_at)))
            .execute(db)?
    } else {
        let row = (
            sign_in_failure::address_hash.eq(key),
            sign_in_failure::failures.eq(next.count),
            sign_in_failure::last_at.eq(last_at),
        );
        on!(db, |c| insert_into(sign_in_failure::table).values(row).on_conflict_do_nothing().execute(c))?
    };
    Ok(changed == 1)
}

/// Forgets the failures of an address.
pub fn forget(db: &mut Db, address: Fingerprint) -> Result<()> {
    diesel::delete(sign_in_failure::table.find(address.bytes().to_vec())).execute(db)?;
    Ok(())
}

/// Forgets failures older than an instant.
pub fn sweep(db: &mut Db, before: Instant) -> Result<()> {
    diesel::delete(sign_in_failure::table.filter(sign_in_failure::last_at.lt(before))).execute(db)?;
    Ok(())
}
