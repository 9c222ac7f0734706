//! What controllers tell that happened to them.

use anyhow::anyhow;
use diesel::{insert_into, prelude::*};

use crate::{
    access::model::{Chain, Told},
    kernel::{ControllerId, Instant, Result},
    store::{
        Db, on,
        schema::{controller_chain, controller_event},
    },
    wire::Link,
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = controller_event, treat_none_as_default_value = false)]
pub(super) struct Row {
    controller_id: ControllerId,
    boot: String,
    seq: i64,
    hash: Vec<u8>,
    prev: Vec<u8>,
    link: String,
    at: Instant,
    mono_ms: i64,
    wall: Option<i64>,
    kind: String,
    details: String,
    received_at: Instant,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = controller_chain, treat_none_as_default_value = false)]
struct ChainRow {
    controller_id: ControllerId,
    boot: String,
    seq: i64,
    hash: Vec<u8>,
    gaps: i64,
    resets: i64,
    forks: i64,
}

/// Where the chain of a controller ends; a new one that ends nowhere, if it has none. Other uploads of the same
/// controller wait: a write of its own is a lock on both databases.
pub fn take_chain(db: &mut Db, controller: ControllerId) -> Result<Chain> {
    let none = ChainRow::of(controller, &Chain::default());
    on!(db, |c| insert_into(controller_chain::table).values(&none).on_conflict_do_nothing().execute(c))?;
    let taken = diesel::update(controller_chain::table.find(controller))
        .set(controller_chain::seq.eq(controller_chain::seq));
    on!(db, |c| taken.execute(c))?;
    Ok(chain(db, controller)?.unwrap_or_default())
}

/// Where the chain of a controller ends, if it told anything.
pub fn chain(db: &mut Db, controller: ControllerId) -> Result<Option<Chain>> {
    let row: Option<ChainRow> =
        controller_chain::table.find(controller).select(ChainRow::as_select()).get_result(db).optional()?;
    row.map(ChainRow::chain).transpose()
}

/// Writes where the chain ends now.
pub fn put_chain(db: &mut Db, controller: ControllerId, chain: &Chain) -> Result<()> {
    diesel::update(controller_chain::table.find(controller))
        .set(ChainRow::of(controller, chain))
        .execute(db)?;
    Ok(())
}

/// The hashes of what was told under this number.
pub fn hashes(db: &mut Db, controller: ControllerId, boot: &str, seq: i64) -> Result<Vec<Link>> {
    let rows: Vec<Vec<u8>> = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .filter(controller_event::boot.eq(boot))
        .filter(controller_event::seq.eq(seq))
        .select(controller_event::hash)
        .load(db)?;
    rows.into_iter().map(whole).collect()
}

/// Keeps an event.
pub fn insert(db: &mut Db, told: &Told) -> Result<()> {
    let link: &'static str = told.link.into();
    let row = Row {
        controller_id: told.controller,
        boot: told.boot.clone(),
        seq: told.seq,
        hash: told.hash.0.to_vec(),
        prev: told.prev.0.to_vec(),
        link: link.to_owned(),
        at: told.at,
        mono_ms: told.mono_ms,
        wall: told.wall,
        kind: told.kind.clone(),
        details: told.details.clone(),
        received_at: told.received_at,
    };
    insert_into(controller_event::table).values(row).execute(db)?;
    Ok(())
}

/// How many of a controller's events were heard after an instant.
pub fn since(db: &mut Db, controller: ControllerId, after: Instant) -> Result<i64> {
    let those = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .filter(controller_event::received_at.gt(after));
    Ok(those.count().get_result(db)?)
}

/// When the event was heard that has so many after it.
pub fn received_before(db: &mut Db, controller: ControllerId, later: i64) -> Result<Option<Instant>> {
    Ok(controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .order(controller_event::received_at.desc())
        .offset(later)
        .limit(1)
        .select(controller_event::received_at)
        .get_result(db)
        .optional()?)
}

/// What a controller told last, the newest first.
pub fn latest(db: &mut Db, controller: ControllerId, most: i64) -> Result<Vec<Told>> {
    let rows: Vec<Row> = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .order((controller_event::received_at.desc(), controller_event::boot, controller_event::seq.desc()))
        .limit(most)
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Row::told).collect()
}

impl Row {
    pub(super) fn told(self) -> Result<Told> {
        Ok(Told {
            controller: self.controller_id,
            boot: self.boot,
            seq: self.seq,
            hash: whole(self.hash)?,
            prev: whole(self.prev)?,
            link: self.link.parse().map_err(|_| anyhow!("controller_event.link {}", self.link))?,
            at: self.at,
            mono_ms: self.mono_ms,
            wall: self.wall,
            kind: self.kind,
            details: self.details,
            received_at: self.received_at,
        })
    }
}

impl ChainRow {
    fn of(controller_id: ControllerId, chain: &Chain) -> Self {
        let Chain { boot, seq, hash, gaps, resets, forks } = chain.clone();
        Self { controller_id, boot, seq, hash: hash.0.to_vec(), gaps, resets, forks }
    }

    fn chain(self) -> Result<Chain> {
        let Self { boot, seq, hash, gaps, resets, forks, .. } = self;
        Ok(Chain { boot, seq, hash: whole(hash)?, gaps, resets, forks })
    }
}

pub(super) fn whole(bytes: Vec<u8>) -> Result<Link> {
    let bytes = bytes.try_into().map_err(|bytes: Vec<u8>| anyhow!("a hash of {} bytes", bytes.len()))?;
    Ok(Link(bytes))
}
