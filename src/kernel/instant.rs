//! A moment in UTC.

use std::{
    borrow::Cow,
    fmt,
    ops::{Add, Sub},
    str::FromStr,
};

use chrono::{DateTime, Datelike, SecondsFormat, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

/// A moment in UTC, cut to the microsecond, between the years 1900 and 2999.
///
/// Written as RFC 3339 with a `Z`; read with any offset.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

/// Why a text is not an [`Instant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 date and time between the years 1900 and 2999, such as 2026-11-24T09:00:00Z")]
pub struct NotAnInstant;

impl Instant {
    /// Takes a chrono time, cut to the microsecond so that a stored instant equals the one in memory.
    #[must_use]
    pub fn from_utc(utc: DateTime<Utc>) -> Self {
        Self(utc.trunc_subsecs(6))
    }

    /// The moment so many microseconds after 1970, or nothing before the year 1900 and after 2999.
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).filter(is_ours).map(Self)
    }

    /// Microseconds since the start of 1970.
    #[must_use]
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// The same moment for chrono.
    #[must_use]
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }
}

fn is_ours(utc: &DateTime<Utc>) -> bool {
    (1900..3000).contains(&utc.year())
}

impl Add<TimeDelta> for Instant {
    type Output = Self;

    fn add(self, delta: TimeDelta) -> Self {
        Self(self.0.checked_add_signed(delta).unwrap_or(DateTime::<Utc>::MAX_UTC))
    }
}

impl Sub<TimeDelta> for Instant {
    type Output = Self;

    fn sub(self, delta: TimeDelta) -> Self {
        Self(self.0.checked_sub_signed(delta).unwrap_or(DateTime::<Utc>::MIN_UTC))
    }
}

impl Sub for Instant {
    type Output = TimeDelta;

    fn sub(self, other: Self) -> TimeDelta {
        self.0 - other.0
    }
}

impl FromStr for Instant {
    type Err = NotAnInstant;

    fn from_str(text: &str) -> Result<Self, NotAnInstant> {
        let utc = DateTime::parse_from_rfc3339(text).map_err(|_| NotAnInstant)?.to_utc();
        if is_ours(&utc) { Ok(Self::from_utc(utc)) } else { Err(NotAnInstant) }
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Instant {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^(19|2[0-9])[0-9]{2}-"))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

impl ToSchema for Instant {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Instant")
    }
}

#[cfg(test)]
mod tests {
    use super::Instant;

    #[test]
    fn an_offset_is_read_and_utc_is_written() {
        let instant: Instant = "2026-11-24T10:00:00+01:00".parse().unwrap();
        assert_eq!(instant.to_string(), "2026-11-24T09:00:00Z");
    }

    #[test]
    fn absurd_years_are_refused() {
        for text in ["0000-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "yesterday", ""]
        {
            assert!(text.parse::<Instant>().is_err(), "{text}");
        }
    }

    #[test]
    fn microseconds_survive_the_round_trip() {
        let instant: Instant = "2026-11-24T09:00:00.123456789Z".parse().unwrap();
        assert_eq!(Instant::from_micros(instant.micros()), Some(instant));
        assert_eq!(
            [-8_000_000_000_000_000_000, 40_000_000_000_000_000].map(Instant::from_micros),
            [None, None]
        );
    }
}
