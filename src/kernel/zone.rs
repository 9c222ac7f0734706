//! Local time: the lab thinks in its own zone, the machine in UTC.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::{Datelike, Days, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Instant, Period};

/// An IANA time zone such as `Europe/Paris`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(Tz);

/// A local time that the clocks jump over, such as 02:30 on 29 March 2026 in Paris.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{date} {time} does not exist in {zone}: the clocks jump over it")]
pub struct NoSuchTime {
    /// The local date asked for.
    pub date: NaiveDate,
    /// The local time asked for.
    pub time: NaiveTime,
    /// Where.
    pub zone: Zone,
}

impl Zone {
    /// Where the first lab stands.
    pub const PARIS: Self = Self(Tz::Europe__Paris);

    /// The local date and time of an instant.
    #[must_use]
    pub fn local(self, instant: Instant) -> chrono::DateTime<Tz> {
        instant.utc().with_timezone(&self.0)
    }

    /// The local day an instant falls on.
    #[must_use]
    pub fn day_of(self, instant: Instant) -> LocalDay {
        LocalDay { date: self.local(instant).date_naive(), zone: self }
    }

    /// The day of a date here.
    #[must_use]
    pub const fn day(self, date: NaiveDate) -> LocalDay {
        LocalDay { date, zone: self }
    }

    /// The local week, Monday to Monday, an instant falls in (ISO 8601).
    #[must_use]
    pub fn week_of(self, instant: Instant) -> Period {
        let date = self.local(instant).date_naive();
        let monday = date - Days::new(u64::from(date.weekday().num_days_from_monday()));
        Period::at_least(self.day(monday).start(), self.day(monday).plus(7).start())
    }

    /// The same wall time so many local days later, or earlier where the number is negative: a day of 23 or 25 hours
    /// is one day. A time the clocks jump over that day is the first instant after the gap.
    ///
    /// ```
    /// use etabli::kernel::{Instant, Zone};
    /// let saturday: Instant = "2026-10-24T08:00:00Z".parse().unwrap();
    /// assert_eq!(Zone::PARIS.days_from(saturday, 1).to_string(), "2026-10-25T09:00:00Z");
    /// assert_eq!(Zone::PARIS.days_from(saturday, -1).to_string(), "2026-10-23T08:00:00Z");
    /// ```
    #[must_use]
    pub fn days_from(self, instant: Instant, days: i64) -> Instant {
        let local = self.local(instant).naive_local();
        let (by, date) = (Days::new(days.unsigned_abs()), local.date());
        let moved = if days < 0 { date.checked_sub_days(by) } else { date.checked_add_days(by) };
        moved.map_or(instant, |date| self.day(date).at_or_after(local.time()))
    }

    /// Whole minutes on the wall clock since local midnight, and whether the instant is on the minute.
    #[must_use]
    pub fn minute_of_day(self, instant: Instant) -> (i64, bool) {
        let local = self.local(instant);
        let seconds = i64::from(local.num_seconds_from_midnight());
        (seconds / 60, seconds % 60 == 0 && local.nanosecond() == 0)
    }
}

impl FromStr for Zone {
    type Err = chrono_tz::ParseError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.parse().map(Self)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// One calendar day of one place; 23, 24 or 25 hours long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LocalDay {
    /// The date on the wall.
    pub date: NaiveDate,
    /// The place.
    pub zone: Zone,
}

impl LocalDay {
    /// The first instant of the day.
    #[must_use]
    pub fn start(self) -> Instant {
        self.at_or_after(NaiveTime::MIN)
    }

    /// From local midnight to the next.
    #[must_use]
    pub fn period(self) -> Period {
        Period::at_least(self.start(), self.next().start())
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: u64) -> Self {
        Self { date: self.date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX), ..self }
    }

    /// The instant of a wall time on this day; the first one where the clocks show it twice.
    ///
    /// # Errors
    /// [`NoSuchTime`] where the clocks jump over it.
    ///
    /// ```
    /// use etabli::kernel::Zone;
    /// let spring = Zone::PARIS.day("2026-03-29".parse().unwrap());
    /// assert!(spring.at("02:30:00".parse().unwrap()).is_err());
    /// assert_eq!(spring.at("03:00:00".parse().unwrap()).unwrap().to_string(), "2026-03-29T01:00:00Z");
    /// let autumn = Zone::PARIS.day("2026-10-25".parse().unwrap());
    /// assert_eq!(autumn.at("02:30:00".parse().unwrap()).unwrap().to_string(), "2026-10-25T00:30:00Z");
    /// ```
    pub fn at(self, time: NaiveTime) -> Result<Instant, NoSuchTime> {
        match self.zone.0.from_local_datetime(&self.date.and_time(time)) {
            MappedLocalTime::Single(local) | MappedLocalTime::Ambiguous(local, _) => {
                Ok(Instant::from_utc(local.to_utc()))
            }
            MappedLocalTime::None => Err(NoSuchTime { date: self.date, time, zone: self.zone }),
        }
    }

    /// The instant of a wall time, or the first instant after the gap it falls in.
    #[must_use]
    pub fn at_or_after(self, time: NaiveTime) -> Instant {
        let mut naive = self.date.and_time(time);
        // No zone has ever jumped more than a day.
        for _ in 0..(24 * 4) {
            match self.zone.0.from_local_datetime(&naive) {
                MappedLocalTime::Single(local) | MappedLocalTime::Ambiguous(local, _) => {
                    return Instant::from_utc(local.to_utc());
                }
                MappedLocalTime::None => naive += TimeDelta::minutes(15),
            }
        }
        Instant::from_utc(naive.and_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::Zone;

    fn hours(date: &str) -> i64 {
        Zone::PARIS.day(date.parse().unwrap()).period().duration().num_hours()
    }

    #[test]
    fn days_of_clock_changes_are_shorter_and_longer() {
        assert_eq!((hours("2026-03-29"), hours("2026-10-25"), hours("2026-06-01")), (23, 25, 24));
    }

    #[test]
    fn weeks_are_local_and_start_on_monday() {
        let sunday_night = "2026-03-29T21:59:00Z".parse().unwrap();
        let week = Zone::PARIS.week_of(sunday_night);
        assert_eq!(week.start().to_string(), "2026-03-22T23:00:00Z");
        assert_eq!(week.end().to_string(), "2026-03-29T22:00:00Z");
        assert_eq!(week.duration().num_hours(), 7 * 24 - 1);
    }
}
