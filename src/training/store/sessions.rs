//! Dated sessions and their seats.

use anyhow::Context;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, dsl::exists, select,
};

use crate::{
    kernel::{Code, Error, Instant, MemberId, PageRequest, Period, Result, TrainingId, TrainingSessionId},
    store::{
        Db,
        schema::{enrolment, member, training_session as session},
    },
    training::model::{EnrolmentState, Session, SessionOffer},
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = session, treat_none_as_default_value = false)]
struct Row {
    id: TrainingSessionId,
    training_id: TrainingId,
    trainer_id: MemberId,
    starts_at: Instant,
    ends_at: Instant,
    place: Option<String>,
    seats: i32,
    taken: i32,
    cancelled_at: Option<Instant>,
    created_at: Instant,
    version: i64,
}

impl TryFrom<Row> for Session {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            training: row.training_id,
            trainer: row.trainer_id,
            period: Period::new(row.starts_at, row.ends_at)
                .context("read the period of a training session")?,
            place: row.place,
            seats: row.seats,
            taken: row.taken,
            cancelled_at: row.cancelled_at,
            version: row.version,
        })
    }
}

/// The session of this identifier; refuses if there is none.
pub fn get(db: &mut Db, id: TrainingSessionId) -> Result<Session> {
    let row: Option<Row> = session::table.find(id).get_result(db).optional()?;
    row.ok_or_else(|| Error::refused(Code::NotFound))?.try_into()
}

/// A page of the sessions of a training that are not over at `from`, by their start; called-off ones left out.
pub fn list(db: &mut Db, training: TrainingId, from: Instant, page: &PageRequest) -> Result<Vec<Session>> {
    let mut query = session::table
        .filter(session::training_id.eq(training))
        .filter(session::cancelled_at.is_null())
        .filter(session::ends_at.gt(from))
        .order((session::starts_at, session::id))
        .limit(page.rows())
        .into_boxed();
    if let Some((starts_at, id)) = page.last_read(unkey)? {
        query = query.filter(
            session::starts_at.gt(starts_at).or(session::starts_at.eq(starts_at).and(session::id.gt(id))),
        );
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(Session::try_from).collect()
}

/// What sessions are sorted by.
pub fn key(session: &Session) -> String {
    format!("{} {}", session.period.start().micros(), session.id)
}

fn unkey(key: &str) -> Option<(Instant, TrainingSessionId)> {
    let (micros, id) = key.split_once(' ')?;
    Some((Instant::from_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

/// The next session of a training with a free seat that has not begun.
pub fn next_free(db: &mut Db, training: TrainingId, now: Instant) -> Result<Option<SessionOffer>> {
    let found: Option<(TrainingSessionId, Instant, i32, i32)> = session::table
        .filter(session::training_id.eq(training))
        .filter(session::cancelled_at.is_null())
        .filter(session::starts_at.gt(now))
        .filter(session::taken.lt(session::seats))
        .order((session::starts_at, session::id))
        .select((session::id, session::starts_at, session::seats, session::taken))
        .first(db)
        .optional()?;
    Ok(found.map(|(id, starts_at, seats, taken)| SessionOffer { id, starts_at, seats_left: seats - taken }))
}

/// Sessions that have not begun, have a free seat, and somebody who waits for one.
pub fn undecided(db: &mut Db, now: Instant) -> Result<Vec<TrainingSessionId>> {
    let waits = EnrolmentState::Waiting.into();
    let waiting = enrolment::table
        .filter(enrolment::session_id.eq(session::id))
        .filter(enrolment::state.eq::<&'static str>(waits));
    Ok(session::table
        .filter(session::starts_at.gt(now))
        .filter(session::cancelled_at.is_null())
        .filter(session::taken.lt(session::seats))
        .filter(exists(waiting))
        .order((session::starts_at, session::id))
        .select(session::id)
        .load(db)?)
}

/// Whether the trainer already teaches some other session that meets this period.
pub fn is_busy(db: &mut Db, trainer: MemberId, period: Period, except: TrainingSessionId) -> Result<bool> {
    let meets = session::trainer_id
        .eq(trainer)
        .and(session::cancelled_at.is_null())
        .and(session::starts_at.lt(period.end()))
        .and(session::ends_at.gt(period.start()))
        .and(session::id.ne(except));
    Ok(select(exists(session::table.filter(meets))).get_result(db)?)
}

/// Writes a new session.
pub fn insert(db: &mut Db, new: &Session, now: Instant) -> Result<()> {
    let row = Row {
        id: new.id,
        training_id: new.training,
        trainer_id: new.trainer,
        starts_at: new.period.start(),
        ends_at: new.period.end(),
        place: new.place.clone(),
        seats: new.seats,
        taken: new.taken,
        cancelled_at: new.cancelled_at,
        created_at: now,
        version: new.version,
    };
    diesel::insert_into(session::table).values(row).execute(db)?;
    Ok(())
}

/// Writes a changed session: everything but its seats taken, which only [`take_seat`] and [`free_seat`] touch.
pub fn update(db: &mut Db, changed: &Session) -> Result<()> {
    diesel::update(session::table.find(changed.id))
        .set((
            session::starts_at.eq(changed.period.start()),
            session::ends_at.eq(changed.period.end()),
            session::place.eq(&changed.place),
            session::seats.eq(changed.seats),
            session::cancelled_at.eq(changed.cancelled_at),
            session::version.eq(changed.version),
        ))
        .execute(db)?;
    Ok(())
}

/// Takes a seat if one is left; one statement, so that two never take the same.
pub fn take_seat(db: &mut Db, id: TrainingSessionId) -> Result<bool> {
    let free = session::table
        .filter(session::id.eq(id))
        .filter(session::taken.lt(session::seats))
        .filter(session::cancelled_at.is_null());
    let taken = diesel::update(free)
        .set((session::taken.eq(session::taken + 1), session::version.eq(session::version + 1)))
        .execute(db)?;
    Ok(taken == 1)
}

/// Gives a seat back.
pub fn free_seat(db: &mut Db, id: TrainingSessionId) -> Result<()> {
    diesel::update(session::table.find(id)).set(session::taken.eq(session::taken - 1)).execute(db)?;
    Ok(())
}

/// Marks that who sits or waits in the session has changed.
pub fn touch(db: &mut Db, id: TrainingSessionId) -> Result<()> {
    diesel::update(session::table.find(id)).set(session::version.eq(session::version + 1)).execute(db)?;
    Ok(())
}

/// The names of these members.
pub fn names(db: &mut Db, members: &[MemberId]) -> Result<Vec<(MemberId, String)>> {
    Ok(member::table
        .filter(member::id.eq_any(members))
        .select((member::id, member::display_name))
        .load(db)?)
}
