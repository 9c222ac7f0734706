//! Letters on their way: taken by one worker, given back with what became of them.

use anyhow::Context;
use diesel::{dsl::sql, prelude::*, sql_types::Bool};

use super::{
    super::{
        State,
        model::{Body, Written},
        rules,
    },
    read::{WRITTEN, WrittenRow},
};
use crate::{
    kernel::{Instant, LetterId, Result},
    store::{
        Db,
        schema::{lab, letter},
    },
};

/// A letter that is this worker's until the claim runs out.
pub(in super::super) struct Claimed {
    pub(in super::super) id: LetterId,
    /// Tries so far, this one included.
    pub(in super::super) attempts: i32,
    pub(in super::super) give_up_at: Instant,
    /// A row that cannot be read must not stop the others.
    pub(in super::super) written: anyhow::Result<Written>,
}

/// What became of a claimed letter.
pub(in super::super) enum Settled {
    /// It has gone; where it held secrets, what is kept of its words.
    Sent(LetterId, Option<Body>),
    /// It is tried again.
    Later(LetterId, Instant, String),
    /// It is given up.
    Failed(LetterId, String),
    /// Nobody tried it: the worker stops.
    Untouched(LetterId),
}

/// Literal, so that both databases see that the partial index will do.
fn is_waiting() -> diesel::expression::SqlLiteral<Bool> {
    sql::<Bool>("state = 'waiting'")
}

/// Nothing written earlier about the same thing waits still: a calendar that hears of a cancellation first would put
/// the event in again.
fn is_next() -> diesel::expression::SqlLiteral<Bool> {
    sql::<Bool>(
        "NOT EXISTS (SELECT 1 FROM letter earlier WHERE earlier.thread = letter.thread
            AND earlier.state = 'waiting' AND earlier.id < letter.id)",
    )
}

/// The letters whose time has come, the longest waiting first.
pub(in super::super) fn due(db: &mut Db, now: Instant, most: i64) -> Result<Vec<LetterId>> {
    Ok(letter::table
        .filter(is_waiting())
        .filter(letter::next_at.le(now))
        .filter(letter::claimed_until.is_null().or(letter::claimed_until.le(now)))
        .filter(is_next())
        .order(letter::next_at)
        .limit(most)
        .select(letter::id)
        .load(db)?)
}

/// Takes those of the letters that nobody else took meanwhile.
pub(in super::super) fn claim(db: &mut Db, ids: &[LetterId], now: Instant) -> Result<Vec<Claimed>> {
    let free = letter::table
        .filter(letter::id.eq_any(ids))
        .filter(is_waiting())
        .filter(letter::next_at.le(now))
        .filter(letter::claimed_until.is_null().or(letter::claimed_until.le(now)));
    let rows: Vec<(WrittenRow, i32, Instant)> = diesel::update(free)
        .set((letter::claimed_until.eq(now + rules::CLAIM), letter::attempts.eq(letter::attempts + 1)))
        .returning((WRITTEN, letter::attempts, letter::give_up_at))
        .get_results(db)?;
    let claimed = rows.into_iter().map(|(row, attempts, give_up_at)| Claimed {
        id: row.id,
        attempts,
        give_up_at,
        written: row.try_into(),
    });
    Ok(claimed.collect())
}

/// Writes down what became of the letters claimed at `claimed_at`.
pub(in super::super) fn settle(
    db: &mut Db,
    settled: &[Settled],
    claimed_at: Instant,
    now: Instant,
) -> Result<()> {
    let sent: Vec<LetterId> = settled.iter().filter_map(Settled::sent).collect();
    if !sent.is_empty() {
        // Sent is sent, even if the claim had run out: whoever has it now finds it gone.
        diesel::update(letter::table.filter(letter::id.eq_any(sent)).filter(is_waiting()))
            .set((
                letter::state.eq(State::Sent.as_str()),
                letter::sent_at.eq(now),
                letter::claimed_until.eq(None::<Instant>),
                letter::last_error.eq(None::<String>),
            ))
            .execute(db)?;
    }
    for one in settled {
        one.put_back(db, claimed_at, now)?;
    }
    Ok(())
}

impl Settled {
    fn sent(&self) -> Option<LetterId> {
        match self {
            Self::Sent(id, _) => Some(*id),
            Self::Later(..) | Self::Failed(..) | Self::Untouched(_) => None,
        }
    }

    fn put_back(&self, db: &mut Db, claimed_at: Instant, now: Instant) -> Result<()> {
        let ours = |id: LetterId| {
            letter::table
                .find(id)
                .filter(is_waiting())
                .filter(letter::claimed_until.eq(claimed_at + rules::CLAIM))
        };
        let free = letter::claimed_until.eq(None::<Instant>);
        match self {
            Self::Sent(_, None) => 0,
            Self::Sent(id, Some(body)) => {
                let body = serde_json::to_string(body).context("write down a letter")?;
                diesel::update(letter::table.find(id)).set(letter::body.eq(body)).execute(db)?
            }
            Self::Later(id, next_at, why) => diesel::update(ours(*id))
                .set((free, letter::next_at.eq(next_at), letter::last_error.eq(why)))
                .execute(db)?,
            Self::Failed(id, why) => diesel::update(ours(*id))
                .set((
                    free,
                    letter::state.eq(State::Failed.as_str()),
                    letter::next_at.eq(now),
                    letter::last_error.eq(why),
                ))
                .execute(db)?,
            Self::Untouched(id) => diesel::update(ours(*id))
                .set((free, letter::attempts.eq(letter::attempts - 1)))
                .execute(db)?,
        };
        Ok(())
    }
}

/// Has a letter tried again at once and for another day; whether it was still to be sent.
pub(in super::super) fn retry(db: &mut Db, id: LetterId, now: Instant) -> Result<bool> {
    let open = letter::table.find(id).filter(letter::state.ne(State::Sent.as_str()));
    let changed = diesel::update(open)
        .set((
            letter::state.eq(State::Waiting.as_str()),
            letter::attempts.eq(0),
            letter::next_at.eq(now),
            letter::give_up_at.eq(now + rules::PATIENCE),
        ))
        .execute(db)?;
    Ok(changed > 0)
}

/// How many letters wait.
pub(in super::super) fn waiting(db: &mut Db) -> Result<i64> {
    Ok(letter::table.filter(is_waiting()).count().get_result(db)?)
}

/// What the lab is called: letters are signed with it.
pub(in super::super) fn lab_name(db: &mut Db) -> Result<Option<String>> {
    Ok(lab::table.select(lab::name).get_result(db).optional()?)
}
