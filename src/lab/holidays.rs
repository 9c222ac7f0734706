//! French public holidays (Code du travail, article L. 3133-1), in metropolitan France outside Alsace-Moselle.

use chrono::{Datelike, Days, NaiveDate};

const FIXED: [(u32, u32, &str); 8] = [
    (1, 1, "jour de l'An"),
    (5, 1, "fête du Travail"),
    (5, 8, "victoire de 1945"),
    (7, 14, "fête nationale"),
    (8, 15, "Assomption"),
    (11, 1, "Toussaint"),
    (11, 11, "armistice de 1918"),
    (12, 25, "Noël"),
];

const MOVING: [(u64, &str); 3] = [(1, "lundi de Pâques"), (39, "Ascension"), (50, "lundi de Pentecôte")];

/// The name of the public holiday on this date, if it is one.
///
/// ```
/// use etabli::lab::holidays::holiday;
/// assert_eq!(holiday("2026-04-06".parse().unwrap()), Some("lundi de Pâques"));
/// assert_eq!(holiday("2026-05-14".parse().unwrap()), Some("Ascension"));
/// assert_eq!(holiday("2026-11-24".parse().unwrap()), None);
/// ```
#[must_use]
pub fn holiday(date: NaiveDate) -> Option<&'static str> {
    let fixed = FIXED.iter().find(|(month, day, _)| (*month, *day) == (date.month(), date.day()));
    fixed.map(|(_, _, name)| *name).or_else(|| {
        let easter = easter(date.year())?;
        MOVING.iter().find(|(after, _)| easter + Days::new(*after) == date).map(|(_, name)| *name)
    })
}

/// Easter Sunday in the Gregorian calendar, by the anonymous algorithm (Meeus, Jones, Butcher).
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::easter;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, date) in
            [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")]
        {
            assert_eq!(easter(year), date.parse().ok());
        }
    }
}
