//! Who goes first.

use diesel::{
    QueryResult, RunQueryDsl,
    pg::{Pg, PgConnection},
    query_builder::{AstPass, QueryFragment, QueryId},
};
use uuid::Uuid;

use super::{Db, columns::SqlId};
use crate::kernel::{Id, Result};

/// A row that transactions queue up for, in the order in which locks are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// Before counting what a member holds.
    Member,
    /// Before counting who stands in a workshop.
    Workshop,
    /// Before claiming a machine: without it two claims of one slot deadlock on the exclusion constraint.
    Machine,
    /// Before taking a seat.
    TrainingSession,
    /// Before comparing the hours or closures somebody has seen with those there are.
    Lab,
}

/// Makes other writes that lock the same row wait until this one is committed; a row that is not there locks nothing.
///
/// SQLite has one writer at a time: nothing to do.
pub fn lock(db: &mut Db, row: Row, id: Uuid) -> Result<()> {
    match db {
        Db::Sqlite(_) => {}
        Db::Pg(pg) => {
            LockRow { row, id: Id::from_uuid(id) }.execute(pg)?;
        }
    }
    Ok(())
}

/// Written by hand so that the statement is prepared once.
struct LockRow {
    row: Row,
    id: Id<()>,
}

impl QueryId for LockRow {
    type QueryId = ();
    // The text differs by row: the cache goes by it.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for LockRow {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(match self.row {
            Row::Member => "SELECT 1 FROM member WHERE id = ",
            Row::Workshop => "SELECT 1 FROM workshop WHERE id = ",
            Row::Machine => "SELECT 1 FROM machine WHERE id = ",
            Row::TrainingSession => "SELECT 1 FROM training_session WHERE id = ",
            Row::Lab => "SELECT 1 FROM lab WHERE id = ",
        });
        out.push_bind_param::<SqlId, _>(&self.id)?;
        out.push_sql(" FOR NO KEY UPDATE");
        Ok(())
    }
}

impl RunQueryDsl<PgConnection> for LockRow {}
