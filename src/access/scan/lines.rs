//! How often the log speaks of one card at one machine. It can never be emptied, so a card that lies on a reader, or
//! somebody who tries again and again, must not fill it: the first refusals for the same reasons have a line each, then
//! the lines become rare, and each says how many refusals before it have none.

use chrono::TimeDelta;

use crate::{
    access::{badge::Print, store},
    kernel::{BadgeId, Code, Instant, MachineId, Result},
    store::Db,
};

/// So many lines in a minute.
const A_MINUTE: usize = 3;
/// So many in an hour.
const AN_HOUR: usize = 10;

/// The card of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// A badge that somebody was given.
    Given(BadgeId),
    /// A card of nobody.
    Nobodys(Print),
}

/// What the log knows of the refusals of a card at a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Whether the next one has a line.
    pub due: bool,
    /// How many before it have none.
    pub untold: i32,
}

/// Whether a card that is refused now for these reasons has a line.
pub fn next(db: &mut Db, (machine, which): (MachineId, Which), codes: &[Code], now: Instant) -> Result<Line> {
    let told = store::scans::told(db, (machine, which), now - TimeDelta::hours(1))?;
    let same = told.iter().filter(|kept| kept.codes().eq(codes.iter().copied()));
    let due = is_due(&same.map(|kept| kept.at).collect::<Vec<_>>(), now);
    Ok(Line { due, untold: store::scans::untold(db, (machine, which), now - TimeDelta::days(1))? })
}

/// Whether there is room for a line beside those of the last hour.
///
/// ```
/// use chrono::TimeDelta;
/// use etabli::{access::scan::lines::is_due, kernel::Instant};
/// let now: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
/// let ago = |seconds: i64| now - TimeDelta::seconds(seconds);
/// assert!(is_due(&[], now) && is_due(&[ago(1), ago(2)], now));
/// assert!(!is_due(&[ago(1), ago(2), ago(59)], now) && is_due(&[ago(1), ago(2), ago(60)], now));
/// let all: Vec<Instant> = (1..=10).map(|minutes| ago(60 * minutes)).collect();
/// assert!(!is_due(&all, now) && is_due(&all, now + TimeDelta::minutes(50)));
/// ```
#[must_use]
pub fn is_due(lines: &[Instant], now: Instant) -> bool {
    let within = |time: TimeDelta| lines.iter().filter(|at| now - **at < time).count();
    within(TimeDelta::minutes(1)) < A_MINUTE && within(TimeDelta::hours(1)) < AN_HOUR
}
