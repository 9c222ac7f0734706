//! The table of keys.

use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::web::Bytes;
use anyhow::Context;
use chrono::TimeDelta;
use diesel::{delete, insert_into, prelude::*, update};

use super::kept::Kept;
use crate::{
    kernel::{Instant, Result},
    store::{Db, on, schema::idempotency},
};

const KEPT_FOR: TimeDelta = TimeDelta::hours(24);
/// A claim that nobody finished is free again after this: its process is dead.
const ABANDONED_AFTER: TimeDelta = TimeDelta::minutes(1);
/// Old keys are cleared away every so many claims, by whoever comes along.
const CLEAR_EVERY: u32 = 256;

static CLAIMS: AtomicU32 = AtomicU32::new(0);

/// A key as it is looked up, and since when it is ours.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub(super) hash: [u8; 32],
    pub(super) claimed_at: Instant,
}

/// Whose turn it is.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// Ours: do the work.
    Mine,
    /// It was done, and this was the answer.
    Answered(Kept),
    /// Somebody is at it.
    Busy,
    /// The key was used for another request.
    Reused,
}

#[derive(Insertable)]
#[diesel(table_name = idempotency, treat_none_as_default_value = false)]
struct NewRow<'a> {
    key_hash: &'a [u8],
    request_hash: &'a [u8],
    created_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = idempotency)]
struct Row {
    request_hash: Vec<u8>,
    status: Option<i32>,
    headers: Option<String>,
    body: Option<Vec<u8>>,
    created_at: Instant,
}

/// Takes the key, or says why not.
pub fn claim(db: &mut Db, key: Key, request_hash: &[u8]) -> Result<Claim> {
    if CLAIMS.fetch_add(1, Ordering::Relaxed).is_multiple_of(CLEAR_EVERY) {
        let old = idempotency::table.filter(idempotency::created_at.le(key.claimed_at - KEPT_FOR));
        delete(old).execute(db)?;
    }
    let row = NewRow { key_hash: &key.hash, request_hash, created_at: key.claimed_at };
    let new = on!(db, |c| insert_into(idempotency::table).values(&row).on_conflict_do_nothing().execute(c))?;
    if new == 1 {
        return Ok(Claim::Mine);
    }
    let held: Option<Row> =
        idempotency::table.find(key.hash.as_slice()).select(Row::as_select()).get_result(db).optional()?;
    match held {
        None => Ok(Claim::Busy),
        Some(held) if held.is_free(key.claimed_at) => take_over(db, key, request_hash, held.created_at),
        Some(held) if held.request_hash != request_hash => Ok(Claim::Reused),
        Some(held) => held.answer(),
    }
}

fn take_over(db: &mut Db, key: Key, request_hash: &[u8], held_since: Instant) -> Result<Claim> {
    let taken =
        update(idempotency::table.find(key.hash.as_slice()).filter(idempotency::created_at.eq(held_since)))
            .set((
                idempotency::request_hash.eq(request_hash),
                idempotency::created_at.eq(key.claimed_at),
                idempotency::status.eq(None::<i32>),
                idempotency::headers.eq(None::<String>),
                idempotency::body.eq(None::<Vec<u8>>),
                idempotency::finished_at.eq(None::<Instant>),
            ))
            .execute(db)?;
    Ok(if taken == 1 { Claim::Mine } else { Claim::Busy })
}

/// Keeps the answer.
pub fn finish(db: &mut Db, key: Key, kept: &Kept, now: Instant) -> Result<()> {
    let headers = serde_json::to_string(&kept.headers).context("write the headers of an answer")?;
    update(idempotency::table.find(key.hash.as_slice()).filter(idempotency::created_at.eq(key.claimed_at)))
        .set((
            idempotency::status.eq(i32::from(kept.status)),
            idempotency::headers.eq(headers),
            idempotency::body.eq(kept.body.to_vec()),
            idempotency::finished_at.eq(now),
        ))
        .execute(db)?;
    Ok(())
}

/// Gives the key back: the answer is not one to keep.
pub fn release(db: &mut Db, key: Key) -> Result<()> {
    let ours =
        idempotency::table.find(key.hash.as_slice()).filter(idempotency::created_at.eq(key.claimed_at));
    delete(ours).execute(db)?;
    Ok(())
}

impl Row {
    fn is_free(&self, now: Instant) -> bool {
        let age = now - self.created_at;
        age >= KEPT_FOR || (self.status.is_none() && age >= ABANDONED_AFTER)
    }

    fn answer(self) -> Result<Claim> {
        let Some(status) = self.status else { return Ok(Claim::Busy) };
        let status = u16::try_from(status).context("read the status of a kept answer")?;
        let headers =
            serde_json::from_str(self.headers.as_deref().unwrap_or("[]")).context("read kept headers")?;
        Ok(Claim::Answered(Kept { status, headers, body: Bytes::from(self.body.unwrap_or_default()) }))
    }
}
