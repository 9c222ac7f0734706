//! What each kind of value looks like.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use toml::{
    de::DeValue,
    value::{Date, Datetime, Time},
};

use crate::{
    kernel::Zone,
    lab::{model::Day, rules::minute},
    machines::policy::{Need, NewStart, Supervision, WhileRunning},
    web::check::is_slug,
};

/// Something that can be read from a value of the file.
pub trait Readable: Sized {
    /// The code of the mistake when the value is something else.
    const EXPECTED: &'static str;

    /// The value, if it is one.
    fn read(value: &DeValue<'_>) -> Option<Self>;
}

/// A short text, 1 to 120 characters.
pub struct Title(pub String);
/// A text that says something, up to 20 000 characters.
pub struct Prose(pub String);
/// A readable name for links.
pub struct Slug(pub String);
/// Several of them.
pub struct Slugs(pub Vec<String>);
/// A time on the wall, in minutes after midnight; `24:00` is the next midnight.
pub struct Wall(pub u16);
/// One of the words the house knows.
pub struct Word<T>(pub T);
/// Days of the week.
pub struct Days(pub Vec<Day>);

/// A date, or a date and a time, on the wall.
#[derive(Clone, Copy)]
pub enum Moment {
    /// A whole day.
    Day(NaiveDate),
    /// A time of a day.
    Time(NaiveDateTime),
}

/// Days as people write them, Monday first.
const DAYS: [[&str; 4]; 7] = [
    ["lundi", "lun", "monday", "mon"],
    ["mardi", "mar", "tuesday", "tue"],
    ["mercredi", "mer", "wednesday", "wed"],
    ["jeudi", "jeu", "thursday", "thu"],
    ["vendredi", "ven", "friday", "fri"],
    ["samedi", "sam", "saturday", "sat"],
    ["dimanche", "dim", "sunday", "sun"],
];

impl Readable for Title {
    const EXPECTED: &'static str = "expected-title";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let text = value.as_str()?.trim();
        (1..=120).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }
}

impl Readable for Prose {
    const EXPECTED: &'static str = "expected-prose";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let text = value.as_str()?.trim();
        (1..=20_000).contains(&text.chars().count()).then(|| Self(text.to_owned()))
    }
}

impl Readable for Slug {
    const EXPECTED: &'static str = "expected-slug";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let text = value.as_str()?;
        is_slug(text).then(|| Self(text.to_owned()))
    }
}

impl Readable for Slugs {
    const EXPECTED: &'static str = "expected-slugs";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let slugs = value.as_array()?.iter().map(|one| Slug::read(one.get_ref()).map(|Slug(text)| text));
        slugs.collect::<Option<_>>().map(Self)
    }
}

impl Readable for i32 {
    const EXPECTED: &'static str = "expected-number";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let number = value.as_integer()?;
        Self::from_str_radix(number.as_str(), number.radix()).ok()
    }
}

impl Readable for bool {
    const EXPECTED: &'static str = "expected-flag";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_bool()
    }
}

impl Readable for Zone {
    const EXPECTED: &'static str = "expected-zone";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

impl Readable for Wall {
    const EXPECTED: &'static str = "expected-wall-time";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        minute(value.as_str()?).map(Self)
    }
}

impl Readable for Days {
    const EXPECTED: &'static str = "expected-days";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        let days: Vec<Day> =
            value.as_array()?.iter().map(|one| day(one.as_ref().as_str()?)).collect::<Option<_>>()?;
        (!days.is_empty()).then_some(Self(days))
    }
}

fn day(text: &str) -> Option<Day> {
    let text = text.trim().to_lowercase();
    let place = DAYS.iter().position(|names| names.contains(&text.as_str()))?;
    Day::numbered(i32::try_from(place + 1).ok()?)
}

impl Readable for NaiveDate {
    const EXPECTED: &'static str = "expected-date";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::Datetime(Datetime { date: Some(date), time: None, offset: None }) => calendar(*date),
            DeValue::String(text) => text.parse().ok().filter(|date| plausible(*date)),
            DeValue::Datetime(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        }
    }
}

impl Readable for Moment {
    const EXPECTED: &'static str = "expected-moment";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        match value.as_datetime() {
            Some(Datetime { date: Some(date), time: Some(time), offset: None }) => {
                Some(Self::Time(calendar(*date)?.and_time(wall(*time)?)))
            }
            Some(_) | None => NaiveDate::read(value).map(Self::Day),
        }
    }
}

fn calendar(date: Date) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
        .filter(|date| plausible(*date))
}

/// Years in which the clocks of the house count.
fn plausible(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (1950..2900).contains(&date.year())
}

fn wall(time: Time) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), time.second.into())
}

impl Readable for Word<Need> {
    const EXPECTED: &'static str = "expected-reservation";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}

impl Readable for Word<WhileRunning> {
    const EXPECTED: &'static str = "expected-link-loss-running";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}

impl Readable for Word<NewStart> {
    const EXPECTED: &'static str = "expected-link-loss-start";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}

impl Readable for Word<Supervision> {
    const EXPECTED: &'static str = "expected-supervision";

    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}
