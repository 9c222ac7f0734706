//! PINs.

use anyhow::Context;
use diesel::{insert_into, prelude::*};

use crate::{
    access::pins::Pin,
    kernel::{Instant, MemberId, Result},
    store::{Db, schema::power_pin},
};

/// The PIN of a member.
pub fn find(db: &mut Db, member: MemberId) -> Result<Option<Pin>> {
    let row: Option<(Vec<u8>, i32, Option<Instant>)> = power_pin::table
        .find(member)
        .select((power_pin::code, power_pin::failures, power_pin::shut_until))
        .get_result(db)
        .optional()?;
    let Some((code, failures, shut_until)) = row else { return Ok(None) };
    let code = code.try_into().ok().context("power_pin.code of 32 bytes")?;
    Ok(Some(Pin { code, failures, shut_until }))
}

/// Writes a member's new PIN.
pub fn put(db: &mut Db, member: MemberId, pin: &Pin, now: Instant) -> Result<()> {
    let values = (
        power_pin::code.eq(pin.code.to_vec()),
        power_pin::set_at.eq(now),
        power_pin::failures.eq(pin.failures),
        power_pin::shut_until.eq(pin.shut_until),
    );
    let changed = diesel::update(power_pin::table.find(member)).set(values.clone()).execute(db)?;
    if changed == 0 {
        insert_into(power_pin::table).values((power_pin::member_id.eq(member), values)).execute(db)?;
    }
    Ok(())
}

/// Writes what came of a try, unless another try came between; answers whether.
pub fn count(db: &mut Db, member: MemberId, (before, after): (&Pin, &Pin)) -> Result<bool> {
    let seen = power_pin::table.find(member).filter(power_pin::failures.eq(before.failures));
    let counted = (power_pin::failures.eq(after.failures), power_pin::shut_until.eq(after.shut_until));
    Ok(diesel::update(seen).set(counted).execute(db)? == 1)
}
