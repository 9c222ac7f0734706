//! Dates and times as people say them.

use chrono::{Datelike, Locale as ChronoLocale, NaiveDate, Timelike};

use super::{Instant, Locale, Period, Zone};

/// `mardi 24 novembre 2026`, `Tuesday 24 November 2026`.
#[must_use]
pub fn date(date: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::Fr => {
            let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
            format!(
                "{} {day} {}",
                date.format_localized("%A", ChronoLocale::fr_FR),
                date.format_localized("%B %Y", ChronoLocale::fr_FR)
            )
        }
        Locale::En => date.format_localized("%A %-d %B %Y", ChronoLocale::en_GB).to_string(),
    }
}

/// The wall time in the zone: `09:00`.
#[must_use]
pub fn time(instant: Instant, zone: Zone) -> String {
    let local = zone.local(instant);
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// `mardi 24 novembre 2026 à 09:00`, `Tuesday 24 November 2026 at 09:00`.
#[must_use]
pub fn moment(instant: Instant, zone: Zone, locale: Locale) -> String {
    let at = match locale {
        Locale::Fr => "à",
        Locale::En => "at",
    };
    format!("{} {at} {}", date(zone.local(instant).date_naive(), locale), time(instant, zone))
}

/// `mardi 24 novembre 2026, 09:00 – 10:30`; both dates where it crosses midnight.
#[must_use]
pub fn period(period: Period, zone: Zone, locale: Locale) -> String {
    let (first, last) = (zone.local(period.start()).date_naive(), zone.local(period.end()).date_naive());
    if first == last {
        format!("{}, {} – {}", date(first, locale), time(period.start(), zone), time(period.end(), zone))
    } else {
        format!("{} – {}", moment(period.start(), zone, locale), moment(period.end(), zone, locale))
    }
}

/// `45 min`, `2 h`, `1 h 30`.
#[must_use]
pub fn minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, rest) => format!("{hours} h {rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, NaiveDate, Zone, date, minutes, moment};

    #[test]
    fn the_first_of_the_month_is_premier() {
        let first: NaiveDate = "2026-12-01".parse().unwrap();
        assert_eq!(date(first, Locale::Fr), "mardi 1er décembre 2026");
        assert_eq!(date(first, Locale::En), "Tuesday 1 December 2026");
    }

    #[test]
    fn times_are_said_in_the_zone() {
        let instant = "2026-07-14T07:05:00Z".parse().unwrap();
        assert_eq!(moment(instant, Zone::PARIS, Locale::Fr), "mardi 14 juillet 2026 à 09:05");
    }

    #[test]
    fn minutes_read_like_a_clock() {
        assert_eq!(
            (minutes(45), minutes(120), minutes(90)),
            ("45 min".into(), "2 h".into(), "1 h 30".into())
        );
    }
}
