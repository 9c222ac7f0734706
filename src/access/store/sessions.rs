//! Power sessions.

use anyhow::Context;
use chrono::TimeDelta;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
};

use crate::{
    access::session::{EndReason, PowerSession},
    kernel::{
        BadgeId, Code, ControllerId, Instant, MachineId, MemberId, PageRequest, Period, PowerSessionId,
        ReservationId, Result,
    },
    store::{Db, on, schema::power_session},
};

/// A session as it is kept.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = power_session, treat_none_as_default_value = false)]
pub struct Row {
    id: PowerSessionId,
    machine_id: MachineId,
    member_id: MemberId,
    badge_id: Option<BadgeId>,
    controller_id: Option<ControllerId>,
    reservation_id: Option<ReservationId>,
    supervisor_id: Option<MemberId>,
    started_at: Instant,
    until: Instant,
    bound: Option<String>,
    heard_at: Instant,
    ended_at: Option<Instant>,
    end_reason: Option<String>,
    meter_from: Option<f64>,
    meter_to: Option<f64>,
}

impl TryFrom<Row> for PowerSession {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let bound: Option<Code> =
            row.bound.map(|bound| bound.parse()).transpose().context("power_session.bound")?;
        let reason: Option<EndReason> =
            row.end_reason.map(|reason| reason.parse()).transpose().context("power_session.end_reason")?;
        Ok(Self {
            id: row.id,
            machine: row.machine_id,
            member: row.member_id,
            badge: row.badge_id,
            controller: row.controller_id,
            reservation: row.reservation_id,
            supervisor: row.supervisor_id,
            started_at: row.started_at,
            until: row.until,
            bound,
            heard_at: row.heard_at,
            ended: row.ended_at.zip(reason),
            meter: (row.meter_from, row.meter_to),
        })
    }
}

impl From<&PowerSession> for Row {
    fn from(of: &PowerSession) -> Self {
        let reason: Option<&'static str> = of.ended.map(|(_, reason)| reason.into());
        Self {
            id: of.id,
            machine_id: of.machine,
            member_id: of.member,
            badge_id: of.badge,
            controller_id: of.controller,
            reservation_id: of.reservation,
            supervisor_id: of.supervisor,
            started_at: of.started_at,
            until: of.until,
            bound: of.bound.map(|code| code.as_str().to_owned()),
            heard_at: of.heard_at,
            ended_at: of.ended.map(|(at, _)| at),
            end_reason: reason.map(ToOwned::to_owned),
            meter_from: of.meter.0,
            meter_to: of.meter.1,
        }
    }
}

/// Opens a session, unless one is open on the machine: the index of the table decides; answers whether.
pub fn open(db: &mut Db, new: &PowerSession) -> Result<bool> {
    let row = Row::from(new);
    let written =
        on!(db, |c| insert_into(power_session::table).values(&row).on_conflict_do_nothing().execute(c))?;
    Ok(written == 1)
}

/// Ends a session, if nobody did; answers whether.
pub fn end(
    db: &mut Db,
    id: PowerSessionId,
    (at, reason): (Instant, EndReason),
    meter: Option<f64>,
) -> Result<bool> {
    let reason: &'static str = reason.into();
    let open =
        power_session::table.filter(power_session::id.eq(id)).filter(power_session::ended_at.is_null());
    let ended = (
        power_session::ended_at.eq(at),
        power_session::end_reason.eq(reason),
        power_session::meter_to.eq(meter),
    );
    Ok(diesel::update(open).set(ended).execute(db)? == 1)
}

/// Writes how a session really ended.
pub fn end_again(db: &mut Db, id: PowerSessionId, (at, reason): (Instant, EndReason)) -> Result<()> {
    let reason: &'static str = reason.into();
    diesel::update(power_session::table.find(id))
        .set((power_session::ended_at.eq(at), power_session::end_reason.eq(reason)))
        .execute(db)?;
    Ok(())
}

/// The last session of a controller at a machine that is kept as taken over when it began, because another one was open
/// there: its own end is not known yet.
pub fn unended(db: &mut Db, machine: MachineId, controller: ControllerId) -> Result<Option<PowerSession>> {
    let row: Option<Row> = power_session::table
        .filter(power_session::machine_id.eq(machine))
        .filter(power_session::controller_id.eq(controller))
        .filter(power_session::ended_at.eq(power_session::started_at.nullable()))
        .filter(power_session::end_reason.eq(<&str>::from(EndReason::Takeover)))
        .order(power_session::started_at.desc())
        .limit(1)
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(PowerSession::try_from).transpose()?)
}

/// Writes until when an open session lasts, and that it was heard; answers whether it is open.
pub fn renew(
    db: &mut Db,
    id: PowerSessionId,
    until: Instant,
    bound: Option<Code>,
    heard: Instant,
) -> Result<bool> {
    let open =
        power_session::table.filter(power_session::id.eq(id)).filter(power_session::ended_at.is_null());
    let renewed = (
        power_session::until.eq(until),
        power_session::bound.eq(bound.map(Code::as_str)),
        power_session::heard_at.eq(heard),
    );
    Ok(diesel::update(open).set(renewed).execute(db)? == 1)
}

/// The session of this identifier.
pub fn find(db: &mut Db, id: PowerSessionId) -> Result<Option<PowerSession>> {
    let row: Option<Row> =
        power_session::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    Ok(row.map(PowerSession::try_from).transpose()?)
}

/// The session that is open on a machine.
pub fn open_on(db: &mut Db, machine: MachineId) -> Result<Option<PowerSession>> {
    let row: Option<Row> = power_session::table
        .filter(power_session::machine_id.eq(machine))
        .filter(power_session::ended_at.is_null())
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(PowerSession::try_from).transpose()?)
}

/// Every open session.
pub fn all_open(db: &mut Db) -> Result<Vec<PowerSession>> {
    let rows: Vec<Row> = power_session::table
        .filter(power_session::ended_at.is_null())
        .order(power_session::started_at)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(PowerSession::try_from).collect::<anyhow::Result<_>>()?)
}

/// Sessions of a member, the newest first.
pub fn of_member(db: &mut Db, member: MemberId, page: &PageRequest) -> Result<Vec<PowerSession>> {
    let mut query = power_session::table
        .filter(power_session::member_id.eq(member))
        .order(power_session::id.desc())
        .limit(page.rows())
        .select(Row::as_select())
        .into_boxed();
    if let Some(after) = page.after.as_deref().and_then(|after| after.parse::<PowerSessionId>().ok()) {
        query = query.filter(power_session::id.lt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    Ok(rows.into_iter().map(PowerSession::try_from).collect::<anyhow::Result<_>>()?)
}

/// Whether somebody had a machine on in a period, however long before they began.
pub fn had_on(db: &mut Db, machine: MachineId, member: MemberId, within: Period) -> Result<bool> {
    let those = power_session::table
        .filter(power_session::machine_id.eq(machine))
        .filter(power_session::member_id.eq(member))
        .filter(power_session::started_at.gt(within.start() - LONGEST))
        .filter(power_session::started_at.lt(within.end()))
        .filter(power_session::ended_at.is_null().or(power_session::ended_at.gt(within.start())));
    Ok(select(exists(those)).get_result(db)?)
}

/// No session lasts longer, by the longest that a policy allows.
const LONGEST: TimeDelta = TimeDelta::days(7);

/// Sessions of a machine that meet a period.
pub fn meeting(db: &mut Db, machine: MachineId, within: Period) -> Result<Vec<PowerSession>> {
    let rows: Vec<Row> = power_session::table
        .filter(power_session::machine_id.eq(machine))
        .filter(power_session::started_at.gt(within.start() - LONGEST))
        .filter(power_session::started_at.lt(within.end()))
        .filter(power_session::ended_at.is_null().or(power_session::ended_at.gt(within.start())))
        .order(power_session::started_at)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(PowerSession::try_from).collect::<anyhow::Result<_>>()?)
}

/// Everything a member had on since an instant.
pub fn by_member(db: &mut Db, member: MemberId, after: Instant) -> Result<Vec<PowerSession>> {
    let rows: Vec<Row> = power_session::table
        .filter(power_session::member_id.eq(member))
        .filter(power_session::started_at.gt(after))
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(PowerSession::try_from).collect::<anyhow::Result<_>>()?)
}
