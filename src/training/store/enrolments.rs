//! Who sits and who waits.

use anyhow::Context;
use chrono::TimeDelta;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, dsl::count_star,
};

use crate::{
    kernel::{Code, EnrolmentId, Error, Instant, MemberId, PageRequest, Result, TrainingSessionId},
    store::{
        Conflict, Db, conflict,
        schema::{enrolment, member, training_session as session},
    },
    training::model::{Enrolment, EnrolmentState},
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = enrolment, treat_none_as_default_value = false)]
struct Row {
    id: EnrolmentId,
    session_id: TrainingSessionId,
    member_id: MemberId,
    state: String,
    created_at: Instant,
    changed_at: Instant,
}

impl TryFrom<Row> for Enrolment {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            session: row.session_id,
            member: row.member_id,
            state: row.state.parse().context("read the state of an enrolment")?,
            created_at: row.created_at,
        })
    }
}

/// The enrolment of a member in a session, unless it was given back.
pub fn live(db: &mut Db, session: TrainingSessionId, member: MemberId) -> Result<Option<Enrolment>> {
    let row: Option<Row> = enrolment::table
        .filter(enrolment::session_id.eq(session))
        .filter(enrolment::member_id.eq(member))
        .filter(enrolment::state.ne(text(EnrolmentState::Cancelled)))
        .get_result(db)
        .optional()?;
    row.map(Enrolment::try_from).transpose()
}

/// In which of these sessions a member sits or waits.
pub fn live_among(
    db: &mut Db,
    sessions: &[TrainingSessionId],
    member: MemberId,
) -> Result<Vec<TrainingSessionId>> {
    Ok(enrolment::table
        .filter(enrolment::session_id.eq_any(sessions))
        .filter(enrolment::member_id.eq(member))
        .filter(enrolment::state.ne(text(EnrolmentState::Cancelled)))
        .select(enrolment::session_id)
        .load(db)?)
}

/// A page of what a member has a place in and that is not over at `from`, by the start of the session; sessions called
/// off are among them, places given back are not.
pub fn of_member(
    db: &mut Db,
    member: MemberId,
    from: Instant,
    page: &PageRequest,
) -> Result<Vec<(Enrolment, TrainingSessionId)>> {
    let mut query = enrolment::table
        .inner_join(session::table)
        .filter(enrolment::member_id.eq(member))
        .filter(enrolment::state.ne(text(EnrolmentState::Cancelled)))
        .filter(session::ends_at.gt(from))
        .order((session::starts_at, session::id))
        .select((enrolment::all_columns, session::id))
        .limit(page.rows())
        .into_boxed();
    if let Some((starts_at, id)) = page.last_read(super::sessions::unkey)? {
        query = query.filter(
            session::starts_at.gt(starts_at).or(session::starts_at.eq(starts_at).and(session::id.gt(id))),
        );
    }
    let rows: Vec<(Row, TrainingSessionId)> = query.load(db)?;
    rows.into_iter().map(|(row, session)| Ok((row.try_into()?, session))).collect()
}

/// Everybody in a session, with their names, in the order they asked.
pub fn roster(db: &mut Db, session: TrainingSessionId) -> Result<Vec<(Enrolment, String)>> {
    let rows: Vec<(Row, String)> = enrolment::table
        .inner_join(member::table)
        .filter(enrolment::session_id.eq(session))
        .filter(enrolment::state.ne(text(EnrolmentState::Cancelled)))
        .order((enrolment::created_at, enrolment::id))
        .select((enrolment::all_columns, member::display_name))
        .load(db)?;
    rows.into_iter().map(|(row, name)| Ok((row.try_into()?, name))).collect()
}

/// Those of a session in this state, in the order they asked.
pub fn in_state(db: &mut Db, session: TrainingSessionId, state: EnrolmentState) -> Result<Vec<Enrolment>> {
    let rows: Vec<Row> = enrolment::table
        .filter(enrolment::session_id.eq(session))
        .filter(enrolment::state.eq(text(state)))
        .order((enrolment::created_at, enrolment::id))
        .load(db)?;
    rows.into_iter().map(Enrolment::try_from).collect()
}

/// How many wait in each of these sessions; those where nobody does are left out.
pub fn waiting(db: &mut Db, sessions: &[TrainingSessionId]) -> Result<Vec<(TrainingSessionId, i64)>> {
    Ok(enrolment::table
        .filter(enrolment::session_id.eq_any(sessions))
        .filter(enrolment::state.eq(text(EnrolmentState::Waiting)))
        .group_by(enrolment::session_id)
        .select((enrolment::session_id, count_star()))
        .load(db)?)
}

/// The place of a waiting member in the list, from 1.
pub fn position(db: &mut Db, waiting: &Enrolment) -> Result<i64> {
    let earlier = enrolment::created_at
        .lt(waiting.created_at)
        .or(enrolment::created_at.eq(waiting.created_at).and(enrolment::id.le(waiting.id)));
    Ok(enrolment::table
        .filter(enrolment::session_id.eq(waiting.session))
        .filter(enrolment::state.eq(text(EnrolmentState::Waiting)))
        .filter(earlier)
        .count()
        .get_result(db)?)
}

/// Writes an enrolment behind everybody else's, whatever the clocks of several instances say; the session is locked.
pub fn insert(db: &mut Db, mut new: Enrolment) -> Result<Enrolment> {
    let last: Option<Instant> = enrolment::table
        .filter(enrolment::session_id.eq(new.session))
        .order(enrolment::created_at.desc())
        .select(enrolment::created_at)
        .first(db)
        .optional()?;
    if let Some(last) = last {
        new.created_at = new.created_at.max(last + TimeDelta::microseconds(1));
    }
    let row = Row {
        id: new.id,
        session_id: new.session,
        member_id: new.member,
        state: text(new.state).to_owned(),
        created_at: new.created_at,
        changed_at: new.created_at,
    };
    diesel::insert_into(enrolment::table).values(row).execute(db).map_err(already_enrolled)?;
    Ok(new)
}

fn already_enrolled(error: diesel::result::Error) -> Error {
    match conflict(&error) {
        Some(Conflict::Duplicate(_)) => Error::refused(Code::AlreadyEnrolled),
        Some(Conflict::Overlap(_) | Conflict::Missing | Conflict::Retry) | None => error.into(),
    }
}

/// Puts an enrolment in another state.
pub fn set_state(db: &mut Db, id: EnrolmentId, state: EnrolmentState, now: Instant) -> Result<()> {
    diesel::update(enrolment::table.find(id))
        .set((enrolment::state.eq(text(state)), enrolment::changed_at.eq(now)))
        .execute(db)?;
    Ok(())
}

fn text(state: EnrolmentState) -> &'static str {
    state.into()
}
