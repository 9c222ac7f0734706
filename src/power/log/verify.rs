//! Whether the log still says what was written.

use super::{Head, Line, store};
use crate::{kernel::Result, store::Db};

/// How many lines are held in memory at a time.
const PAGE: i64 = 1000;

/// What came of reading the whole log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Lines that are as they were written, from the first one on.
    pub lines: i64,
    /// Where the log ends, as its head tells. Noted down elsewhere, it shows a log made anew.
    pub head: Head,
    /// The first place that is not as it was written.
    pub broken: Option<Broken>,
}

/// The first bad place of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A line is not there.
    #[error("line {0} is missing")]
    Missing(i64),
    /// A line does not say what its hash was made of.
    #[error("line {0} was changed")]
    Changed(i64),
    /// A line does not hang on the one before.
    #[error("line {0} does not follow from the line before it")]
    Forked(i64),
    /// The head tells another last line.
    #[error("line {0} is not the one the head of the log was made of")]
    Head(i64),
    /// There are lines after the head.
    #[error("line {0} stands after the end of the log")]
    Beyond(i64),
}

/// Reads the whole log, a page at a time.
pub fn verify(db: &mut Db) -> Result<Verified> {
    // In this order: lines may be added meanwhile, and each moves the head in its own transaction.
    let last = store::last(db)?;
    let end = store::head(db)?;
    let mut at = Head { seq: 0, hash: [0; 32] };
    let broken = loop {
        let lines = store::after(db, at.seq, end.seq, PAGE)?;
        if lines.is_empty() {
            break ended(at, end, last);
        }
        if let Err(broken) = follow(&mut at, &lines) {
            break Some(broken);
        }
    };
    Ok(Verified { lines: at.seq, head: end, broken })
}

fn follow(at: &mut Head, lines: &[Line]) -> std::result::Result<(), Broken> {
    for line in lines {
        let seq = at.seq + 1;
        if line.seq != seq {
            return Err(Broken::Missing(seq));
        }
        if line.fingerprint() != line.hash {
            return Err(Broken::Changed(seq));
        }
        if line.prev != at.hash {
            return Err(Broken::Forked(seq));
        }
        *at = line.head();
    }
    Ok(())
}

fn ended(at: Head, end: Head, last: i64) -> Option<Broken> {
    if at.seq < end.seq {
        Some(Broken::Missing(at.seq + 1))
    } else if at.hash != end.hash {
        Some(Broken::Head(at.seq))
    } else {
        (last > end.seq).then_some(Broken::Beyond(end.seq + 1))
    }
}
