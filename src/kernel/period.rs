//! A half-open span of time.

use chrono::TimeDelta;
use serde::Serialize;

use super::Instant;

/// `[start, end)`: 10:00–11:00 and 11:00–12:00 touch and do not overlap. Never empty, never reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, utoipa::ToSchema)]
pub struct Period {
    #[serde(rename = "starts_at")]
    start: Instant,
    #[serde(rename = "ends_at")]
    end: Instant,
}

impl Period {
    /// The period between two instants, or nothing when the end does not come after the start.
    ///
    /// ```
    /// use etabli::kernel::{Instant, Period};
    /// let (ten, eleven): (Instant, Instant) =
    ///     ("2026-03-03T10:00:00Z".parse().unwrap(), "2026-03-03T11:00:00Z".parse().unwrap());
    /// assert!(Period::new(ten, eleven).is_some());
    /// assert!(Period::new(eleven, ten).is_none());
    /// assert!(Period::new(ten, ten).is_none());
    /// ```
    #[must_use]
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The period between two instants known to be in order; one microsecond long where they are not.
    #[must_use]
    pub(super) fn at_least(start: Instant, end: Instant) -> Self {
        Self { start, end: end.max(start + TimeDelta::microseconds(1)) }
    }

    /// First instant inside.
    #[must_use]
    pub const fn start(self) -> Instant {
        self.start
    }

    /// First instant after.
    #[must_use]
    pub const fn end(self) -> Instant {
        self.end
    }

    /// How long it lasts, daylight saving included.
    #[must_use]
    pub fn duration(self) -> TimeDelta {
        self.end - self.start
    }

    /// How long it lasts, in whole minutes.
    #[must_use]
    pub fn minutes(self) -> i64 {
        self.duration().num_minutes()
    }

    /// Whether some instant lies in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the instant lies inside.
    #[must_use]
    pub fn has(self, instant: Instant) -> bool {
        self.start <= instant && instant < self.end
    }

    /// What lies in both, if anything does.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The same period with its end moved by `more`, for clean-up buffers. `more` must not be negative.
    #[must_use]
    pub fn extended(self, more: TimeDelta) -> Self {
        Self { start: self.start, end: (self.end + more).max(self.end) }
    }

    /// The period that starts here and lasts so long; nothing when `length` is not positive.
    #[must_use]
    pub fn starting(start: Instant, length: TimeDelta) -> Option<Self> {
        Self::new(start, start + length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Instant, Period};

    fn period(a: i64, b: i64) -> Period {
        Period::new(Instant::from_micros(a.min(b)).unwrap(), Instant::from_micros(a.max(b) + 1).unwrap())
            .unwrap()
    }

    proptest! {
        #[test]
        fn overlap_is_an_intersection(a in 0i64..99, b in 0i64..99, c in 0i64..99, d in 0i64..99) {
            let (one, two) = (period(a, b), period(c, d));
            prop_assert_eq!(one.overlaps(two), one.intersection(two).is_some());
            prop_assert_eq!(one.overlaps(two), two.overlaps(one));
        }

        #[test]
        fn what_is_contained_overlaps(a in 0i64..99, b in 0i64..99, c in 0i64..99, d in 0i64..99) {
            let (one, two) = (period(a, b), period(c, d));
            prop_assert!(!one.contains(two) || one.overlaps(two));
            prop_assert_eq!(one.contains(two), one.intersection(two) == Some(two));
        }
    }

    #[test]
    fn periods_that_touch_do_not_overlap() {
        let (first, second) = (period(0, 9), period(10, 19));
        assert_eq!(first.end(), second.start());
        assert!(!first.overlaps(second));
    }
}
