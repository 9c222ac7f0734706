//! Rows and queries of reservations.

use anyhow::Context;
use chrono::TimeDelta;
use diesel::prelude::*;

use super::model::{Booked, Cancelled, Reservation, State};
use crate::{
    kernel::{
        Code, EmailAddress, Error, Exception, Instant, MachineId, MemberId, Name, PageRequest, Period,
        ReservationId, Result,
    },
    machines::MachineName,
    people::Contact,
    store::{
        Db, on,
        schema::{machine, member, reservation},
    },
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reservation, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: ReservationId,
    machine_id: MachineId,
    member_id: MemberId,
    starts_at: Instant,
    ends_at: Instant,
    state: String,
    note: Option<String>,
    created_by: MemberId,
    created_at: Instant,
    sequence: i32,
    cancelled_at: Option<Instant>,
    cancelled_by: Option<MemberId>,
    cancel_reason: Option<String>,
    override_gates: Option<String>,
    override_reason: Option<String>,
    version: i64,
    moved_at: Option<Instant>,
}

impl TryFrom<Row> for Reservation {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let cancelled = row.cancelled_at.zip(row.cancelled_by);
        let exception = row
            .override_gates
            .zip(row.override_reason)
            .map(|(gates, reason)| anyhow::Ok(Exception { gates: codes(&gates)?, reason }));
        Ok(Self {
            id: row.id,
            machine: row.machine_id,
            member: row.member_id,
            period: Period::new(row.starts_at, row.ends_at)
                .context("a reservation that ends after it starts")?,
            state: row.state.parse().with_context(|| format!("reservation state {}", row.state))?,
            note: row.note,
            created_by: row.created_by,
            created_at: row.created_at,
            sequence: row.sequence,
            cancelled: cancelled.map(|(at, by)| Cancelled { at, by, reason: row.cancel_reason }),
            exception: exception.transpose()?,
            moved_at: row.moved_at,
            version: row.version,
        })
    }
}

impl TryFrom<&Reservation> for Row {
    type Error = anyhow::Error;

    fn try_from(of: &Reservation) -> anyhow::Result<Self> {
        let gates =
            of.exception.as_ref().map(|exception| serde_json::to_string(&exception.gates)).transpose()?;
        let state: &'static str = of.state.into();
        Ok(Self {
            id: of.id,
            machine_id: of.machine,
            member_id: of.member,
            starts_at: of.period.start(),
            ends_at: of.period.end(),
            state: state.to_owned(),
            note: of.note.clone(),
            created_by: of.created_by,
            created_at: of.created_at,
            sequence: of.sequence,
            cancelled_at: of.cancelled.as_ref().map(|cancelled| cancelled.at),
            cancelled_by: of.cancelled.as_ref().map(|cancelled| cancelled.by),
            cancel_reason: of.cancelled.as_ref().and_then(|cancelled| cancelled.reason.clone()),
            override_gates: gates,
            override_reason: of.exception.as_ref().map(|exception| exception.reason.clone()),
            version: of.version,
            moved_at: of.moved_at,
        })
    }
}

/// Writes a new reservation. What it holds is written by `machines::claims`.
pub fn insert(db: &mut Db, new: &Reservation) -> Result<()> {
    let row = Row::try_from(new)?;
    on!(db, |c| diesel::insert_into(reservation::table).values(row).execute(c))?;
    Ok(())
}

/// Writes what changed of a reservation.
pub fn update(db: &mut Db, changed: &Reservation) -> Result<()> {
    diesel::update(reservation::table.find(changed.id)).set(Row::try_from(changed)?).execute(db)?;
    Ok(())
}

/// Marks a reservation as used, unless it is more than confirmed.
pub fn honour(db: &mut Db, id: ReservationId) -> Result<()> {
    let confirmed: &'static str = State::Confirmed.into();
    let used: &'static str = State::Used.into();
    let waiting = reservation::table.filter(reservation::id.eq(id)).filter(reservation::state.eq(confirmed));
    diesel::update(waiting)
        .set((reservation::state.eq(used), reservation::version.eq(reservation::version + 1)))
        .execute(db)?;
    Ok(())
}

/// Makes others who write this reservation wait, a badge that marks it as used too: a write of its own is a lock on
/// both databases.
pub fn hold_still(db: &mut Db, id: ReservationId) -> Result<()> {
    let same = diesel::update(reservation::table.find(id)).set(reservation::version.eq(reservation::version));
    on!(db, |c| same.execute(c))?;
    Ok(())
}

/// Slug and names of the machine; address, name and language of the member.
type Names = (String, String, String, String, String, String);

const NAMES: (
    machine::slug,
    machine::name_fr,
    machine::name_en,
    member::email,
    member::display_name,
    member::locale,
) = (machine::slug, machine::name_fr, machine::name_en, member::email, member::display_name, member::locale);

/// The reservation of this identifier, with the names people read beside it.
pub fn find(db: &mut Db, id: ReservationId) -> Result<Option<Booked>> {
    let found: Option<(Row, Names)> = reservation::table
        .inner_join(machine::table)
        .inner_join(member::table)
        .filter(reservation::id.eq(id))
        .select((Row::as_select(), NAMES))
        .get_result(db)
        .optional()?;
    Ok(found.map(booked).transpose()?)
}

/// The gates that staff let pass for a reservation.
pub fn excepted(db: &mut Db, id: ReservationId) -> Result<Vec<Code>> {
    let of = reservation::table.find(id).select(reservation::override_gates);
    let gates: Option<Option<String>> = of.get_result(db).optional()?;
    Ok(gates.flatten().map(|gates| codes(&gates)).transpose()?.unwrap_or_default())
}

fn codes(gates: &str) -> anyhow::Result<Vec<Code>> {
    serde_json::from_str(gates).context("overridden gates as JSON")
}

/// Which reservations to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this machine.
    pub machine: Option<MachineId>,
    /// Of this member.
    pub member: Option<MemberId>,
    /// Ending after this instant.
    pub from: Option<Instant>,
    /// Starting before this instant.
    pub to: Option<Instant>,
    /// In this state.
    pub state: Option<State>,
}

/// Reservations in order of their start; `after` is the key of [`key`].
pub fn list(db: &mut Db, filter: &Filter, page: &PageRequest, now: Instant) -> Result<Vec<Booked>> {
    let named = reservation::table.inner_join(machine::table).inner_join(member::table);
    let mut query = named.select((Row::as_select(), NAMES)).into_boxed();
    if let Some(machine) = filter.machine {
        query = query.filter(reservation::machine_id.eq(machine));
    }
    if let Some(member) = filter.member {
        query = query.filter(reservation::member_id.eq(member));
    }
    if let Some(from) = filter.from {
        // No reservation is longer than a week: the search need not begin with the first one ever made.
        let earliest = from - TimeDelta::days(8);
        query = query.filter(reservation::ends_at.gt(from)).filter(reservation::starts_at.gt(earliest));
    }
    if let Some(to) = filter.to {
        query = query.filter(reservation::starts_at.lt(to));
    }
    if let Some(state) = filter.state {
        let stored: &'static str = if state == State::Past { State::Confirmed } else { state }.into();
        query = query.filter(reservation::state.eq(stored));
        query = match state {
            State::Past => query.filter(reservation::ends_at.le(now)),
            // What is over is not walked through: no reservation is longer than a week.
            State::Confirmed => query
                .filter(reservation::ends_at.gt(now))
                .filter(reservation::starts_at.gt(now - TimeDelta::days(8))),
            State::Cancelled | State::Released | State::Used => query,
        };
    }
    if let Some(after) = page.after.as_deref() {
        let (start, id) = unkey(after).ok_or_else(|| Error::field("after", "invalid_value"))?;
        let later = reservation::starts_at.gt(start);
        query = query.filter(later.or(reservation::starts_at.eq(start).and(reservation::id.gt(id))));
    }
    let rows: Vec<(Row, Names)> =
        query.order((reservation::starts_at, reservation::id)).limit(page.rows()).load(db)?;
    Ok(rows.into_iter().map(booked).collect::<anyhow::Result<_>>()?)
}

/// The sorting key of a reservation in a list.
#[must_use]
pub fn key(booked: &Booked) -> String {
    format!("{}:{}", booked.reservation.period.start().micros(), booked.reservation.id)
}

fn unkey(key: &str) -> Option<(Instant, ReservationId)> {
    let (micros, id) = key.split_once(':')?;
    let start: Instant = Instant::from_micros(micros.parse().ok()?)?;
    Some((start.to_string().parse().ok()?, id.parse().ok()?))
}

fn booked((row, names): (Row, Names)) -> anyhow::Result<Booked> {
    let reservation = Reservation::try_from(row)?;
    let (slug, fr, en, email, display_name, locale) = names;
    let email: EmailAddress = email.parse().context("a stored address")?;
    let locale = locale.parse().context("a stored language")?;
    Ok(Booked {
        machine: MachineName { id: reservation.machine, slug, name: Name { fr, en } },
        member: Contact { id: reservation.member, email, display_name, locale },
        reservation,
    })
}
