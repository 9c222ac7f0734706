//! Transactions and savepoints, the same on both databases.

use diesel::{
    RunQueryDsl,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    r2d2::R2D2Connection,
    result::Error as DieselError,
};

use super::Db;

#[diesel::declare_sql_function]
extern "SQL" {
    fn total_changes() -> diesel::sql_types::BigInt;
}

impl Db {
    /// Runs `work` in a savepoint: what it wrote is undone when it fails, and the transaction around it lives on.
    ///
    /// On PostgreSQL a failed statement spoils the whole transaction; this is how to try something and then do
    /// otherwise.
    pub fn savepoint<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.enter()?;
        match work(self) {
            Ok(value) => {
                self.leave()?;
                Ok(value)
            }
            Err(error) => {
                self.undo()?;
                Err(error)
            }
        }
    }

    /// Runs `work` in one write transaction, or not at all.
    pub(super) fn write<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.begin()?;
        let done = work(self).and_then(|value| self.commit().map(|()| value).map_err(E::from));
        if done.is_err() {
            self.abandon();
        }
        done
    }

    /// Runs `work` as one read: on SQLite in one snapshot, on PostgreSQL statement by statement.
    pub fn snapshot<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite(_) => {
                self.enter()?;
                let done = work(self);
                self.abandon();
                done
            }
            Self::Pg(_) => work(self),
        }
    }

    /// Runs `work` on one state of either database, whatever others write meanwhile. For a long look, beside which two
    /// more round trips are nothing; it must not write.
    pub fn still<T, E: From<DieselError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            Self::Sqlite(_) => self.enter()?,
            Self::Pg(pg) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                AnsiTransactionManager::begin_transaction_sql(pg, begin)?;
            }
        }
        let done = work(self);
        self.abandon();
        done
    }

    /// Begins a write; SQLite takes its lock at once, so that no write fails half way because of another.
    pub(super) fn begin(&mut self) -> Result<(), DieselError> {
        match self {
            Self::Sqlite(sqlite) => AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN IMMEDIATE"),
            Self::Pg(pg) => AnsiTransactionManager::begin_transaction_sql(pg, "BEGIN"),
        }
    }

    /// Commits what [`Self::begin`] began.
    ///
    /// PostgreSQL answers COMMIT with a quiet ROLLBACK when a statement has failed and its error was swallowed. The
    /// SELECT in front of it, in the same round trip, turns that into the error it is.
    pub(super) fn commit(&mut self) -> Result<(), DieselError> {
        match self {
            Self::Sqlite(sqlite) => AnsiTransactionManager::commit_transaction(sqlite),
            Self::Pg(pg) => pg.batch_execute("SELECT 1; COMMIT"),
        }
    }

    pub(super) fn enter(&mut self) -> Result<(), DieselError> {
        <Self as TransactionManager<Self>>::begin_transaction(self)
    }

    pub(super) fn leave(&mut self) -> Result<(), DieselError> {
        <Self as TransactionManager<Self>>::commit_transaction(self)
    }

    pub(super) fn undo(&mut self) -> Result<(), DieselError> {
        <Self as TransactionManager<Self>>::rollback_transaction(self)
    }

    /// Undoes whatever is open. A connection that cannot do even that says so by [`Self::broken`].
    pub(super) fn abandon(&mut self) {
        if self.broken() && self.undo().is_err() {
            <Self as TransactionManager<Self>>::transaction_manager_status_mut(self).set_in_error();
        }
    }

    /// How many rows were written since the connection was opened, by triggers too, undone or not; SQLite tells.
    pub(super) fn rows_written(&mut self) -> Result<i64, DieselError> {
        diesel::select(total_changes()).get_result(self)
    }

    /// The connection is lost, or a transaction stands open on it between two jobs.
    pub(super) fn broken(&mut self) -> bool {
        self.is_broken()
    }

    /// Asks the database for a sign of life.
    pub(super) fn answers(&mut self) -> bool {
        self.ping().is_ok()
    }
}
