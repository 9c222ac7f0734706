//! Badges.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
};

use crate::{
    access::badge::{Badge, Card, Print},
    kernel::{BadgeId, Code, Error, Instant, MemberId, Refusal, Result},
    store::{Conflict, Db, conflict, schema::badge},
};

/// A badge as it is kept.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = badge, treat_none_as_default_value = false)]
pub struct Row {
    id: BadgeId,
    member_id: MemberId,
    label: Option<String>,
    given_by: MemberId,
    given_at: Instant,
    until: Option<Instant>,
    revoked_at: Option<Instant>,
    revoked_reason: Option<String>,
    card_key: Option<Vec<u8>>,
    card_count: Option<i64>,
}

impl TryFrom<Row> for Badge {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let card = row.card_key.zip(row.card_count).map(|(key, count)| {
            let hidden = key.try_into().ok().context("a card's key of 16 bytes")?;
            anyhow::Ok(Card { hidden, count })
        });
        Ok(Self {
            id: row.id,
            member: row.member_id,
            label: row.label,
            given_by: row.given_by,
            given_at: row.given_at,
            until: row.until,
            revoked: row.revoked_at.map(|at| (at, row.revoked_reason)),
            card: card.transpose()?,
        })
    }
}

impl From<&Badge> for Row {
    fn from(of: &Badge) -> Self {
        Self {
            id: of.id,
            member_id: of.member,
            label: of.label.clone(),
            given_by: of.given_by,
            given_at: of.given_at,
            until: of.until,
            revoked_at: of.revoked.as_ref().map(|(at, _)| *at),
            revoked_reason: of.revoked.as_ref().and_then(|(_, reason)| reason.clone()),
            card_key: of.card.as_ref().map(|card| card.hidden.to_vec()),
            card_count: of.card.as_ref().map(|card| card.count),
        }
    }
}

/// The badge with this print; where the card was given more than once, as it was given last.
pub fn with_print(db: &mut Db, print: &Print) -> Result<Option<Badge>> {
    let row: Option<Row> = badge::table
        .filter(badge::print.eq(print.bytes().to_vec()))
        .order((badge::given_at.desc(), badge::id.desc()))
        .limit(1)
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(Badge::try_from).transpose()?)
}

/// The badges of these prints, each as it was given last.
pub fn last_of(db: &mut Db, prints: &[Print]) -> Result<Vec<(Print, Badge)>> {
    let prints: Vec<Vec<u8>> = prints.iter().map(|print| print.bytes().to_vec()).collect();
    let mut rows: Vec<(Vec<u8>, Row)> = badge::table
        .filter(badge::print.eq_any(prints))
        .order((badge::print, badge::given_at.desc(), badge::id.desc()))
        .select((badge::print, Row::as_select()))
        .load(db)?;
    rows.dedup_by(|later, first| later.0 == first.0);
    let read = |(print, row): (Vec<u8>, Row)| {
        let print = print.try_into().ok().context("badge.print of 32 bytes")?;
        anyhow::Ok((Print::kept(print), Badge::try_from(row)?))
    };
    Ok(rows.into_iter().map(read).collect::<anyhow::Result<_>>()?)
}

/// Whether this badge is a card of this print.
pub fn is_of(db: &mut Db, id: BadgeId, print: &Print) -> Result<bool> {
    let same = badge::table.filter(badge::id.eq(id)).filter(badge::print.eq(print.bytes().to_vec()));
    Ok(select(exists(same)).get_result(db)?)
}

/// Writes a new badge.
///
/// # Errors
/// `badge_taken` when somebody has this card.
pub fn insert(db: &mut Db, new: &Badge, print: &Print) -> Result<()> {
    let written = insert_into(badge::table)
        .values((Row::from(new), badge::print.eq(print.bytes().to_vec())))
        .execute(db);
    match written {
        Ok(_) => Ok(()),
        Err(error) if matches!(conflict(&error), Some(Conflict::Duplicate(_))) => {
            Err(Refusal::new(Code::BadgeTaken).into())
        }
        Err(error) => Err(Error::from(error)),
    }
}

/// The badge of this identifier.
pub fn find(db: &mut Db, id: BadgeId) -> Result<Option<Badge>> {
    let row: Option<Row> = badge::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    Ok(row.map(Badge::try_from).transpose()?)
}

/// Every badge a member was ever given, the newest first.
pub fn of_member(db: &mut Db, member: MemberId) -> Result<Vec<Badge>> {
    let rows: Vec<Row> = badge::table
        .filter(badge::member_id.eq(member))
        .order((badge::given_at.desc(), badge::id.desc()))
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Badge::try_from).collect::<anyhow::Result<_>>()?)
}

/// Takes a badge back, if nobody did; answers whether.
pub fn revoke(db: &mut Db, id: BadgeId, by: MemberId, reason: Option<&str>, now: Instant) -> Result<bool> {
    let live = badge::table.filter(badge::id.eq(id)).filter(badge::revoked_at.is_null());
    let changed = diesel::update(live)
        .set((badge::revoked_at.eq(now), badge::revoked_by.eq(by), badge::revoked_reason.eq(reason)))
        .execute(db)?;
    Ok(changed == 1)
}

/// Counts on: only forward, whoever else reads the same card; answers whether.
pub fn count_on(db: &mut Db, id: BadgeId, count: i64) -> Result<bool> {
    let behind = badge::table.filter(badge::id.eq(id)).filter(badge::card_count.lt(count));
    Ok(diesel::update(behind).set(badge::card_count.eq(count)).execute(db)? == 1)
}

/// From now on the badge proves itself with this key.
pub fn put_card(db: &mut Db, id: BadgeId, card: &Card) -> Result<()> {
    let values = (badge::card_key.eq(card.hidden.to_vec()), badge::card_count.eq(card.count));
    diesel::update(badge::table.find(id)).set(values).execute(db)?;
    Ok(())
}
