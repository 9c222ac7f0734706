//! Writing a line.

use super::{Event, Line, store};
use crate::{kernel::Result, store::Db};

/// Writes the next line, in the caller's transaction and as the last thing it does.
pub fn append(db: &mut Db, event: Event) -> Result<()> {
    let head = store::take_head(db)?;
    let line = Line::next(head, event);
    store::insert(db, &line)?;
    store::move_head(db, line.head())
}
