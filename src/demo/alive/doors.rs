//! Opening the lab for a day: whoever looks at the demonstration on a Sunday night wants to see a machine run too.

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    demo::accounts::address,
    kernel::{Instant, Result},
    lab::{self, OpeningSpan, model::Day},
    machines::change_hours::change_hours,
    people,
    store::Db,
};

/// Minutes of a day.
const MIDNIGHT: u16 = 1440;

/// Opens the lab from midnight to midnight, today and with somebody there; the other days stay as they are.
///
/// # Errors
/// When the database cannot be written.
pub fn open_today(db: &mut Db, now: Instant) -> Result<()> {
    let timetable = lab::timetable(db)?;
    let today = timetable.lab.zone.day_of(now).date;
    let by = people::find(db, &address("staff"))?.map(|staff| staff.id);
    change_hours(db, &opened(&timetable.spans, today), |_| Ok(()), by, now)?;
    Ok(())
}

/// The spans with this one day taken out of them, and put in whole.
fn opened(spans: &[OpeningSpan], today: NaiveDate) -> Vec<OpeningSpan> {
    let weekday = Day(today.weekday());
    let mut all: Vec<OpeningSpan> = spans.iter().flat_map(|span| around(span, weekday, today)).collect();
    let (valid_from, valid_to) = (Some(today), Some(today));
    all.push(OpeningSpan { weekday, opens: 0, closes: MIDNIGHT, staffed: true, valid_from, valid_to });
    all
}

/// What is left of a span without this day.
fn around(span: &OpeningSpan, weekday: Day, today: NaiveDate) -> Vec<OpeningSpan> {
    let holds =
        span.valid_from.is_none_or(|from| from <= today) && span.valid_to.is_none_or(|to| to >= today);
    if span.weekday != weekday || !holds {
        return vec![*span];
    }
    let (yesterday, tomorrow) = (today.checked_sub_days(Days::new(1)), today.checked_add_days(Days::new(1)));
    let before = OpeningSpan { valid_to: yesterday, ..*span };
    let after = OpeningSpan { valid_from: tomorrow, ..*span };
    let is_some = |span: &OpeningSpan| span.valid_from.zip(span.valid_to).is_none_or(|(from, to)| from <= to);
    [before, after].into_iter().filter(is_some).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Day, OpeningSpan, opened};

    fn span(weekday: i32, from: Option<&str>, to: Option<&str>) -> OpeningSpan {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        let weekday = Day::numbered(weekday).unwrap();
        OpeningSpan {
            weekday,
            opens: 540,
            closes: 720,
            staffed: true,
            valid_from: from.map(date),
            valid_to: to.map(date),
        }
    }

    #[test]
    fn one_day_is_open_and_the_others_are_as_they_were() {
        // A Monday.
        let today: NaiveDate = "2026-03-02".parse().unwrap();
        let spans = [span(1, None, None), span(2, None, None), span(1, Some("2026-04-01"), None)];
        let once = opened(&spans, today);
        let whole = OpeningSpan { opens: 0, closes: 1440, ..span(1, Some("2026-03-02"), Some("2026-03-02")) };
        let wanted =
            [span(1, None, Some("2026-03-01")), span(1, Some("2026-03-03"), None), spans[1], spans[2], whole];
        assert_eq!(once, wanted);
        assert_eq!(opened(&once, today), wanted, "once more changes nothing");
    }
}
