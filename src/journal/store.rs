//! Rows of the journal.

use anyhow::Context;
use diesel::prelude::*;

use super::{
    Entry,
    model::{Kept, LineId, Wanted},
};
use crate::{
    kernel::{Id, Instant, MemberId, Page, PageRequest, Result},
    store::{Db, schema::journal},
};

/// What the subject is, another column says.
enum Subject {}

#[derive(Insertable)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
struct NewRow {
    id: LineId,
    at: Instant,
    actor_id: Option<MemberId>,
    action: &'static str,
    subject_kind: &'static str,
    subject_id: Id<Subject>,
    reason: Option<String>,
    details: String,
}

#[derive(Queryable)]
struct Row {
    id: LineId,
    at: Instant,
    actor_id: Option<MemberId>,
    action: String,
    subject_kind: String,
    subject_id: Id<Subject>,
    reason: Option<String>,
    details: String,
}

pub(super) fn insert(db: &mut Db, entry: Entry) -> Result<()> {
    let row = NewRow {
        id: LineId::new(),
        at: entry.at,
        actor_id: entry.actor,
        action: entry.action,
        subject_kind: entry.subject_kind,
        subject_id: Id::from_uuid(entry.subject),
        reason: entry.reason,
        details: entry.details.to_string(),
    };
    diesel::insert_into(journal::table).values(&row).execute(db)?;
    Ok(())
}

/// Newest first.
pub(super) fn list(db: &mut Db, wanted: Wanted, page: &PageRequest) -> Result<Page<Kept>> {
    let mut query =
        journal::table.order((journal::at.desc(), journal::id.desc())).limit(page.rows()).into_boxed();
    if let Some(subject) = wanted.subject {
        query = query.filter(journal::subject_id.eq(Id::<Subject>::from_uuid(subject)));
    }
    if let Some(actor) = wanted.actor {
        query = query.filter(journal::actor_id.eq(actor));
    }
    if let Some(from) = wanted.from {
        query = query.filter(journal::at.ge(from));
    }
    if let Some((at, id)) = page.last_read(place)? {
        query = query.filter(journal::at.le(at)).filter(journal::at.lt(at).or(journal::id.lt(id)));
    }
    let lines: Result<Vec<Kept>> = query.load::<Row>(db)?.into_iter().map(Row::kept).collect();
    Ok(page.page(lines?, |line| format!("{}.{}", line.at.micros(), line.id)))
}

/// Where a page ended: microseconds and an identifier.
fn place(after: &str) -> Option<(Instant, LineId)> {
    let (micros, id) = after.split_once('.')?;
    Some((Instant::from_micros(micros.parse().ok()?)?, id.parse().ok()?))
}

impl Row {
    fn kept(self) -> Result<Kept> {
        Ok(Kept {
            id: self.id,
            at: self.at,
            actor: self.actor_id,
            action: self.action,
            subject_kind: self.subject_kind,
            subject: self.subject_id.uuid(),
            reason: self.reason,
            details: serde_json::from_str(&self.details).context("the details of a journal line")?,
        })
    }
}
