//! Putting a letter in the outbox.

use super::{NewLetter, store};
use crate::{
    kernel::{Instant, Result},
    store::Db,
};

/// Posts a letter in the caller's transaction: it leaves after the commit, or never.
///
/// A letter whose `once` key was used before is not written, which is no error.
///
/// # Errors
/// A fault when the database cannot write it.
pub fn post(db: &mut Db, letter: NewLetter, now: Instant) -> Result<()> {
    store::insert(db, letter, now)
}
