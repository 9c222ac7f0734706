//! Reading the log: the newest line first for people, in order for whoever checks it.

use super::{Line, store};
use crate::{
    kernel::{MachineId, PageRequest, Result},
    store::Db,
};

/// Lines about a machine, or all of them; `after` of the page is the number of the last line read.
///
/// # Errors
/// A field error for a mark of another list.
pub fn newest(db: &mut Db, machine: Option<MachineId>, page: &PageRequest) -> Result<Vec<Line>> {
    let before: Option<i64> = page.last_read(|mark| mark.parse().ok())?;
    store::newest(db, machine, before, page.rows())
}

/// Lines of these kinds after a number, in order, at most so many.
pub fn of_kinds(db: &mut Db, kinds: &[&str], after: i64, most: i64) -> Result<Vec<Line>> {
    store::of_kinds(db, kinds, after, most)
}
