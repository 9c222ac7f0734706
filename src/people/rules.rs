//! What this room decides on plain values.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use crate::kernel::Instant;

/// Failures that cost nothing: everybody mistypes.
const FREE_FAILURES: i32 = 5;
/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);
/// After so long without a try, the count starts anew.
const MEMORY: TimeDelta = TimeDelta::hours(24);

/// The failed sign-ins of one address since its last success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failures {
    /// How many.
    pub count: i32,
    /// When the last one was.
    pub last_at: Option<Instant>,
}

impl Failures {
    /// How long until the next try is looked at; nothing when it is looked at now. From the fifth failure on, the
    /// wait doubles from one second to a quarter of an hour.
    ///
    /// ```
    /// use chrono::TimeDelta;
    /// use etabli::{kernel::Instant, people::rules::Failures};
    /// let now: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
    /// let wait = |count| Failures { count, last_at: Some(now) }.wait(now).map(|wait| wait.num_seconds());
    /// assert_eq!([wait(0), wait(4), wait(5), wait(6), wait(9)], [None, None, Some(1), Some(2), Some(16)]);
    /// assert_eq!([wait(15), wait(1000)], [Some(900), Some(900)]);
    /// assert_eq!(Failures { count: 6, last_at: Some(now) }.wait(now + TimeDelta::seconds(2)), None);
    /// ```
    #[must_use]
    pub fn wait(&self, now: Instant) -> Option<TimeDelta> {
        let last_at = self.last_at?;
        let doublings = u32::try_from(self.count.checked_sub(FREE_FAILURES)?).ok()?;
        let seconds = 1_i64.checked_shl(doublings.min(30)).unwrap_or(i64::MAX);
        let over = last_at + TimeDelta::seconds(seconds).min(LONGEST_WAIT);
        (now < over).then(|| over - now)
    }

    /// The failures after one more.
    #[must_use]
    pub fn one_more(&self, now: Instant) -> Self {
        let forgotten = self.last_at.is_none_or(|last_at| now - last_at > MEMORY);
        let before = if forgotten { 0 } else { self.count };
        Self { count: before.saturating_add(1), last_at: Some(now) }
    }

    /// Failures last tried before this instant count no more.
    #[must_use]
    pub fn forgotten_before(now: Instant) -> Instant {
        now - MEMORY
    }
}

/// The last day of a membership that lasts so many days, its first day included.
///
/// ```
/// use etabli::people::rules::last_day;
/// assert_eq!(last_day("2026-03-03".parse().unwrap(), 1), "2026-03-03".parse().unwrap());
/// assert_eq!(last_day("2026-03-03".parse().unwrap(), 365), "2027-03-02".parse().unwrap());
/// ```
#[must_use]
pub fn last_day(first: NaiveDate, days: i32) -> NaiveDate {
    let more = u64::try_from(days.saturating_sub(1)).unwrap_or_default();
    first.checked_add_days(Days::new(more)).unwrap_or(NaiveDate::MAX)
}

/// Whether somebody can have been born on that day: not tomorrow, and not more than 120 years ago.
///
/// ```
/// use etabli::people::rules::plausible_birth;
/// let today = "2026-11-24".parse().unwrap();
/// assert!(plausible_birth("2012-02-29".parse().unwrap(), today));
/// assert!(!plausible_birth("2026-11-25".parse().unwrap(), today));
/// assert!(!plausible_birth("1906-11-23".parse().unwrap(), today));
/// ```
#[must_use]
pub fn plausible_birth(birth: NaiveDate, today: NaiveDate) -> bool {
    birth <= today && birth.year() > today.year() - 120
}

/// Whether a date is one that memberships are given for: within ten years of today.
#[must_use]
pub fn plausible_start(first: NaiveDate, today: NaiveDate) -> bool {
    (first.year() - today.year()).abs() <= 10
}

/// Why a membership cannot be made to end on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThen {
    /// It ends on this day anyway, or did.
    EndsAlready(NaiveDate),
    /// The earliest day is this one.
    Before(NaiveDate),
}

/// The last day of a membership that is ended early: the one that is wanted, or today. One that has not begun ends on
/// the day before it would.
///
/// ```
/// use etabli::people::rules::{NotThen, early_end};
/// let on = |day: &str| format!("2026-{day}").parse::<chrono::NaiveDate>().unwrap();
/// let held = (on("03-01"), on("03-31"));
/// assert_eq!(early_end(held, None, on("03-10")), Ok(on("03-10")));
/// assert_eq!(early_end(held, None, on("02-10")), Ok(on("02-28")));
/// assert_eq!(early_end(held, Some(on("02-27")), on("03-10")), Err(NotThen::Before(on("02-28"))));
/// assert_eq!(early_end(held, Some(on("03-31")), on("03-10")), Err(NotThen::EndsAlready(on("03-31"))));
/// assert_eq!(early_end(held, None, on("04-01")), Err(NotThen::EndsAlready(on("03-31"))));
/// ```
pub fn early_end(
    (starts_on, ends_on): (NaiveDate, NaiveDate),
    wanted: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<NaiveDate, NotThen> {
    let earliest = starts_on.pred_opt().unwrap_or(starts_on);
    let last = wanted.unwrap_or_else(|| today.max(earliest));
    if last >= ends_on {
        Err(NotThen::EndsAlready(ends_on))
    } else if last < earliest {
        Err(NotThen::Before(earliest))
    } else {
        Ok(last)
    }
}

/// How long before its end a member is told that a membership ends.
pub const TELL_BEFORE_END: Days = Days::new(30);

/// Whether a session was seen so long ago that it is worth writing down that it was seen again.
#[must_use]
pub fn worth_touching(last_seen: Instant, now: Instant) -> bool {
    now - last_seen >= TimeDelta::hours(1)
}

#[cfg(test)]
mod tests {
    use super::{Failures, Instant, TimeDelta, worth_touching};

    #[test]
    fn a_day_without_a_try_forgives() {
        let start: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
        let many = Failures { count: 12, last_at: Some(start) };
        assert_eq!(many.one_more(start + TimeDelta::hours(1)).count, 13);
        assert_eq!(many.one_more(start + TimeDelta::hours(25)).count, 1);
    }

    #[test]
    fn a_session_is_touched_once_an_hour() {
        let seen: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
        assert!(!worth_touching(seen, seen + TimeDelta::minutes(59)));
        assert!(worth_touching(seen, seen + TimeDelta::minutes(60)));
    }
}
