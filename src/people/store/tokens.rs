//! Links that work once.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Instant, MemberId, Result, secret::Fingerprint},
    people::model::Purpose,
    store::{Db, schema::one_time_token},
};

/// Keeps a new token; older ones of the same member and purpose still work until they expire.
pub fn insert(
    db: &mut Db,
    member: MemberId,
    purpose: Purpose,
    token: Fingerprint,
    life: (Instant, Instant),
) -> Result<()> {
    let purpose: &str = purpose.into();
    insert_into(one_time_token::table)
        .values((
            one_time_token::token_hash.eq(token.bytes().to_vec()),
            one_time_token::member_id.eq(member),
            one_time_token::purpose.eq(purpose),
            one_time_token::created_at.eq(life.0),
            one_time_token::expires_at.eq(life.1),
            one_time_token::used_at.eq(None::<Instant>),
        ))
        .execute(db)?;
    Ok(())
}

/// How many tokens a member got for this purpose since an instant.
pub fn made_since(db: &mut Db, member: MemberId, purpose: Purpose, since: Instant) -> Result<i64> {
    let purpose: &str = purpose.into();
    Ok(one_time_token::table
        .filter(one_time_token::member_id.eq(member).and(one_time_token::purpose.eq(purpose)))
        .filter(one_time_token::created_at.gt(since))
        .count()
        .get_result(db)?)
}

/// Whose token this is, as long as it works.
pub fn owner(db: &mut Db, purpose: Purpose, token: Fingerprint, now: Instant) -> Result<Option<MemberId>> {
    let purpose: &str = purpose.into();
    let live = one_time_token::table
        .find(token.bytes().to_vec())
        .filter(one_time_token::purpose.eq(purpose))
        .filter(one_time_token::used_at.is_null().and(one_time_token::expires_at.gt(now)));
    Ok(live.select(one_time_token::member_id).get_result(db).optional()?)
}

/// Uses a token; nothing when it does not work, or not any more.
pub fn consume(db: &mut Db, purpose: Purpose, token: Fingerprint, now: Instant) -> Result<Option<MemberId>> {
    let Some(member) = owner(db, purpose, token, now)? else { return Ok(None) };
    // Of two who come at once, one finds it unused.
    let used = diesel::update(
        one_time_token::table.find(token.bytes().to_vec()).filter(one_time_token::used_at.is_null()),
    )
    .set(one_time_token::used_at.eq(Some(now)))
    .execute(db)?;
    Ok((used == 1).then_some(member))
}

/// Makes every unused token of a member for this purpose worthless.
pub fn void(db: &mut Db, member: MemberId, purpose: Purpose) -> Result<()> {
    let purpose: &str = purpose.into();
    let those = one_time_token::table
        .filter(one_time_token::member_id.eq(member).and(one_time_token::purpose.eq(purpose)));
    diesel::delete(those.filter(one_time_token::used_at.is_null())).execute(db)?;
    Ok(())
}

/// Forgets tokens that can no longer be used.
pub fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    diesel::delete(one_time_token::table.filter(one_time_token::expires_at.le(now))).execute(db)?;
    Ok(())
}
