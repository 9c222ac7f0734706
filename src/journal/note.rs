//! Writing a line.

use super::{Entry, store};
use crate::{kernel::Result, store::Db};

/// Writes a line in the caller's transaction.
///
/// # Errors
/// A fault when the database cannot write it.
pub fn note(db: &mut Db, entry: Entry) -> Result<()> {
    store::insert(db, entry)
}
