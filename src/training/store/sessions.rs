//! Dated sessions and their seats.

use anyhow::Context;
use chrono::TimeDelta;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, JoinOnDsl, NullableExpressionMethods,
    OptionalExtension, QueryDsl, Queryable, RunQueryDsl, dsl::exists,
};

use crate::{
    kernel::{
        Code, Error, Exception, Instant, MachineId, MemberId, Name, PageRequest, Period, Result, TrainingId,
        TrainingSessionId,
    },
    machines::MachineName,
    store::{
        Db, on,
        schema::{enrolment, machine, member, training_session as session, training_session_machine as used},
    },
    training::model::{Engagement, EnrolmentState, Session},
};

/// The longest session: a course of a fortnight. A search need not look further back.
pub const LONGEST: TimeDelta = TimeDelta::days(14);

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
    override_gates: Option<String>,
    override_reason: Option<String>,
}

impl TryFrom<Row> for Session {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let exception = row.override_gates.zip(row.override_reason).map(|(gates, reason)| {
            let gates = serde_json::from_str(&gates).context("overridden gates as JSON")?;
            anyhow::Ok(Exception { gates, reason })
        });
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
            exception: exception.transpose()?,
            version: row.version,
        })
    }
}

/// The session of this identifier; refuses if there is none.
pub fn get(db: &mut Db, id: TrainingSessionId) -> Result<Session> {
    let row: Option<Row> = session::table.find(id).get_result(db).optional()?;
    row.ok_or_else(|| Error::refused(Code::NotFound))?.try_into()
}

/// These sessions, in no order.
pub fn by_ids(db: &mut Db, ids: &[TrainingSessionId]) -> Result<Vec<Session>> {
    let rows: Vec<Row> = session::table.filter(session::id.eq_any(ids)).load(db)?;
    rows.into_iter().map(Session::try_from).collect()
}

/// A page of the sessions of one training, or of all, that are not over at `from`, by their start; called-off ones left
/// out.
pub fn list(
    db: &mut Db,
    training: Option<TrainingId>,
    from: Instant,
    page: &PageRequest,
) -> Result<Vec<Session>> {
    let mut query = session::table
        .filter(session::starts_at.gt(from - LONGEST))
        .filter(session::cancelled_at.is_null())
        .filter(session::ends_at.gt(from))
        .order((session::starts_at, session::id))
        .limit(page.rows())
        .into_boxed();
    if let Some(training) = training {
        query = query.filter(session::training_id.eq(training));
    }
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

/// The same, read back.
pub fn unkey(key: &str) -> Option<(Instant, TrainingSessionId)> {
    let (micros, id) = key.split_once(' ')?;
    Some((Instant::from_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

/// Sessions that start within these instants, the later one excluded; called-off ones left out.
pub fn starting(db: &mut Db, from: Instant, to: Instant) -> Result<Vec<TrainingSessionId>> {
    Ok(session::table
        .filter(session::starts_at.gt(from))
        .filter(session::starts_at.lt(to))
        .filter(session::cancelled_at.is_null())
        .order((session::starts_at, session::id))
        .select(session::id)
        .load(db)?)
}

/// Sessions of a training with a free seat that have not begun, the next first.
pub fn with_seats(db: &mut Db, training: TrainingId, now: Instant, most: i64) -> Result<Vec<Session>> {
    let rows: Vec<Row> = session::table
        .filter(session::training_id.eq(training))
        .filter(session::cancelled_at.is_null())
        .filter(session::starts_at.gt(now))
        .filter(session::taken.lt(session::seats))
        .order((session::starts_at, session::id))
        .limit(most)
        .load(db)?;
    rows.into_iter().map(Session::try_from).collect()
}

/// Where a member is expected at some instant of a period: sessions they teach, then those they have a seat in.
pub fn engaged(db: &mut Db, member: MemberId, within: Period) -> Result<Vec<Engagement>> {
    type Row = (TrainingSessionId, Instant, Instant, MemberId);
    let (from, to) = (within.start(), within.end());
    let has_seat: &'static str = EnrolmentState::Enrolled.into();
    let seat = enrolment::session_id.eq(session::id);
    let seat = seat.and(enrolment::member_id.eq(member)).and(enrolment::state.eq(has_seat));
    let rows: Vec<Row> = on!(db, |c| session::table
        .left_join(enrolment::table.on(seat))
        .filter(session::trainer_id.eq(member).or(enrolment::member_id.nullable().is_not_null()))
        .filter(session::starts_at.gt(from - LONGEST))
        .filter(session::starts_at.lt(to))
        .filter(session::ends_at.gt(from))
        .filter(session::cancelled_at.is_null())
        .select((session::id, session::starts_at, session::ends_at, session::trainer_id))
        .load(c))?;
    let engagement = |(session, starts_at, ends_at, trainer): Row| {
        Some(Engagement { session, period: Period::new(starts_at, ends_at)?, teaches: trainer == member })
    };
    let mut engaged: Vec<Engagement> = rows.into_iter().filter_map(engagement).collect();
    engaged.sort_by_key(|engagement| !engagement.teaches);
    Ok(engaged)
}

/// The machines of these sessions, in the order of the lab.
pub fn machines(
    db: &mut Db,
    sessions: &[TrainingSessionId],
) -> Result<Vec<(TrainingSessionId, MachineName)>> {
    let rows: Vec<(TrainingSessionId, MachineId, String, String, String)> = used::table
        .inner_join(machine::table.on(machine::id.eq(used::machine_id)))
        .filter(used::session_id.eq_any(sessions))
        .order((machine::position, machine::slug))
        .select((used::session_id, machine::id, machine::slug, machine::name_fr, machine::name_en))
        .load(db)?;
    let named = |(session, id, slug, fr, en)| (session, MachineName { id, slug, name: Name { fr, en } });
    Ok(rows.into_iter().map(named).collect())
}

/// The machines of a session, in the order of their identifiers.
pub fn machines_of(db: &mut Db, session: TrainingSessionId) -> Result<Vec<MachineId>> {
    Ok(used::table
        .filter(used::session_id.eq(session))
        .order(used::machine_id)
        .select(used::machine_id)
        .load(db)?)
}

/// Exactly these machines are used by a session from now on.
pub fn set_machines(db: &mut Db, session: TrainingSessionId, machines: &[MachineId]) -> Result<()> {
    diesel::delete(used::table.filter(used::session_id.eq(session))).execute(db)?;
    for machine in machines {
        diesel::insert_into(used::table)
            .values((used::session_id.eq(session), used::machine_id.eq(*machine)))
            .execute(db)?;
    }
    Ok(())
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

/// Writes a new session.
pub fn insert(db: &mut Db, new: &Session, now: Instant) -> Result<()> {
    let (override_gates, override_reason) = excepted(new)?;
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
        override_gates,
        override_reason,
    };
    diesel::insert_into(session::table).values(row).execute(db)?;
    Ok(())
}

/// Writes a changed session: everything but its seats taken, which only [`take_seat`] and [`free_seat`] touch.
pub fn update(db: &mut Db, changed: &Session) -> Result<()> {
    let (gates, reason) = excepted(changed)?;
    diesel::update(session::table.find(changed.id))
        .set((
            session::starts_at.eq(changed.period.start()),
            session::ends_at.eq(changed.period.end()),
            session::place.eq(&changed.place),
            session::seats.eq(changed.seats),
            session::trainer_id.eq(changed.trainer),
            session::cancelled_at.eq(changed.cancelled_at),
            session::override_gates.eq(gates),
            session::override_reason.eq(reason),
            session::version.eq(changed.version),
        ))
        .execute(db)?;
    Ok(())
}

/// The gates that staff let pass, as they are stored, and why.
fn excepted(session: &Session) -> Result<(Option<String>, Option<String>)> {
    let Some(exception) = &session.exception else { return Ok((None, None)) };
    let gates = serde_json::to_string(&exception.gates).context("write overridden gates")?;
    Ok((Some(gates), Some(exception.reason.clone())))
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
