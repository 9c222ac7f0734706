//! A machine's calendar gets its next version.

use diesel::{
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
};

use crate::{
    kernel::MachineId,
    store::{Db, MultiBackend, columns::SqlId},
};

/// Written by hand so that it is prepared once: diesel prepares its own updates anew each time.
#[derive(QueryId)]
pub(super) struct Touch {
    pub(super) machine: MachineId,
}

impl QueryFragment<MultiBackend> for Touch {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        out.push_sql("UPDATE machine SET calendar_version = calendar_version + 1 WHERE id = ");
        out.push_bind_param::<SqlId, _>(&self.machine)
    }
}

impl RunQueryDsl<Db> for Touch {}
