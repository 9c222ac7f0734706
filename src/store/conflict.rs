//! What the database said no to, in the house's words.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use crate::kernel::{Code, Error, Refusal};

/// A constraint held, or another transaction was in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Two periods would overlap; the name of the rule, the same on both databases: `claim_overlap`.
    Overlap(String),
    /// A row of this key exists. What exactly, [`Conflict::is_about`] tells.
    Duplicate(String),
    /// A row that this one points at is not there, or one that points at this one still is.
    Missing,
    /// Nothing is wrong, two transactions met: the same again may well succeed.
    Retry,
}

impl Conflict {
    /// Whether a [`Conflict::Duplicate`] speaks of this column.
    ///
    /// SQLite names the columns (`member.email`), PostgreSQL the constraint (`member_email_key`); both name the column.
    #[must_use]
    pub fn is_about(&self, column: &str) -> bool {
        match self {
            Self::Overlap(name) | Self::Duplicate(name) => name.contains(column),
            Self::Missing | Self::Retry => false,
        }
    }
}

/// What the error says about the rows, if it does; `None` is a fault like any other.
#[must_use]
pub fn conflict(error: &DieselError) -> Option<Conflict> {
    let DieselError::DatabaseError(kind, report) = error else { return None };
    // A trigger of SQLite that stands in for an exclusion constraint has only its message to speak with; a deadlock on
    // PostgreSQL has no kind of its own either.
    match (kind, report.message()) {
        (DatabaseErrorKind::UniqueViolation, _) => Some(Conflict::Duplicate(name(report.as_ref()))),
        (DatabaseErrorKind::ExclusionViolation, _) => Some(Conflict::Overlap(name(report.as_ref()))),
        (DatabaseErrorKind::ForeignKeyViolation, _) => Some(Conflict::Missing),
        (DatabaseErrorKind::SerializationFailure, _) | (_, "deadlock detected") => Some(Conflict::Retry),
        (_, message) if message.ends_with("_overlap") => Some(Conflict::Overlap(message.to_owned())),
        _ => None,
    }
}

/// Whether a write failed because a row of its key exists.
#[must_use]
pub fn is_duplicate(error: &Error) -> bool {
    let Error::Fault(fault) = error else { return false };
    matches!(fault.downcast_ref().map(conflict), Some(Some(Conflict::Duplicate(_))))
}

fn name(report: &dyn DatabaseErrorInformation) -> String {
    report.constraint_name().unwrap_or_else(|| report.message()).to_owned()
}

/// Waiting for another writer took too long: SQLite's `busy_timeout`, PostgreSQL's `lock_timeout`.
fn waited_too_long(error: &DieselError) -> bool {
    let DieselError::DatabaseError(_, report) = error else { return false };
    matches!(
        report.message(),
        "database is locked" | "database table is locked" | "canceling statement due to lock timeout"
    )
}

/// Whether the same transaction may succeed when it runs again.
pub(super) fn worth_retrying(error: &Error) -> bool {
    diesel_error(error).and_then(conflict) == Some(Conflict::Retry)
}

/// The diesel error at the root of a fault, whatever context was put around it.
fn diesel_error(error: &Error) -> Option<&DieselError> {
    match error {
        Error::Fault(fault) => fault.chain().find_map(|cause| cause.downcast_ref()),
        Error::Refused(_) | Error::Invalid(_) => None,
    }
}

/// A fault which only says that the house is full becomes that refusal.
pub(super) fn relieved(error: Error) -> Error {
    match diesel_error(&error) {
        Some(cause) if waited_too_long(cause) || conflict(cause) == Some(Conflict::Retry) => overloaded(),
        _ => error,
    }
}

pub(super) fn overloaded() -> Error {
    Refusal::new(Code::Overloaded).retry_after(1).into()
}

/// Every error of the database is a fault, a missing row too: ask with `.optional()` for what may be absent.
impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        Self::Fault(error.into())
    }
}
