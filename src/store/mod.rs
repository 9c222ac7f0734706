//! One store over two databases: SQLite inside the binary, PostgreSQL when the lab grows.
//!
//! Read in this order: [`DatabaseUrl`] says which one, [`Store`] is what the house holds, [`Db`] is what a use case
//! gets; then [`columns`] and [`schema`] for those who write queries, [`on`](on!) for the few statements that need both
//! dialects spelled out, [`conflict`] for what a constraint said, [`lock`] for who goes first, [`Moment`] for what may
//! stay in memory; at last the machinery: `transaction`, `job`, `queue`, `threads`, `here`. [`migrate`] and [`backup`]
//! are for the command line.
//!
//! Invariants:
//! - Everything below [`Store::read`] and [`Store::write`] is plain synchronous Rust: SQL and pure code only, no mail,
//!   no hashing, no network, no `.await`.
//! - A write is one transaction, answered after its commit. Its closure may run several times (a retry, or a group of
//!   writes undone because of a neighbour); it must have no effect outside the database.
//! - A read decides nothing: rules that guard a write are checked inside that write. On SQLite a read sees one
//!   snapshot; on PostgreSQL each of its statements sees its own, because a snapshot costs two more round trips.
//! - One row by its key is asked for with `get_result`, not with `first`: SQLite plans a statement anew whenever a
//!   bound `LIMIT` is bound again, which costs more than running it.
//! - Row locks are taken in the order of [`Row`], and within one kind in the order of the identifiers.
//! - Only this room and the `store.rs` of other rooms know diesel; only this room knows dialects.
//!
//! Deliberately absent: a pool (threads own their connections), async database drivers, `Connection::transaction`
//! (use [`Db::savepoint`] for "try, then do otherwise").

pub mod backup;
pub mod columns;
pub mod migrate;
pub mod schema;

mod conflict;
mod db;
mod here;
mod job;
mod lock;
mod moment;
mod on;
mod open;
mod options;
mod queue;
mod statements;
mod threads;
mod transaction;
mod url;

#[cfg(test)]
mod tests;

pub use conflict::{Conflict, conflict, is_duplicate};
pub use db::{Db, MultiBackend, Synchronous};
pub use lock::{Row, lock};
pub use migrate::{migrate, pending, revert_all};
pub use moment::Moment;
pub(crate) use on::on;
pub use open::Store;
pub use options::StoreOptions;
pub use url::{DatabaseUrl, Dialect, NotADatabaseUrl};
