//! Reading the log, the newest line first.

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
