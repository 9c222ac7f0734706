//! From wall time to periods: when the lab, a workshop or a machine is open.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::{
    holidays::holiday,
    model::{Day, Open, OpeningSpan, Timetable},
};
use crate::kernel::{Instant, LocalDay, MachineId, Period, WorkshopId, Zone, spans};

impl OpeningSpan {
    /// Whether it applies on this date.
    ///
    /// ```
    /// use etabli::lab::{OpeningSpan, model::Day};
    /// let tuesdays = OpeningSpan {
    ///     weekday: Day::numbered(2).unwrap(), opens: 540, closes: 720, staffed: true,
    ///     valid_from: None, valid_to: Some("2026-03-05".parse().unwrap()),
    /// };
    /// assert!(tuesdays.applies_on("2026-03-03".parse().unwrap()));
    /// assert!(!tuesdays.applies_on("2026-03-04".parse().unwrap()), "a Wednesday");
    /// assert!(!tuesdays.applies_on("2026-03-10".parse().unwrap()), "after its last day");
    /// ```
    #[must_use]
    pub fn applies_on(&self, date: NaiveDate) -> bool {
        self.weekday == Day(date.weekday())
            && self.valid_from.is_none_or(|from| from <= date)
            && self.valid_to.is_none_or(|to| date <= to)
    }

    /// The real period of the span on a day: wall time is kept across daylight saving.
    fn on(&self, day: LocalDay) -> Option<Open> {
        let period = Period::new(wall(day, self.opens), wall(day, self.closes))?;
        Some(Open { period, staffed: self.staffed })
    }
}

fn wall(day: LocalDay, minute: u16) -> Instant {
    match NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0) {
        Some(time) => day.at_or_after(time),
        None => day.next().start(),
    }
}

/// The days of the zone that a period touches.
pub fn days(zone: Zone, period: Period) -> impl Iterator<Item = LocalDay> {
    std::iter::successors(Some(zone.day_of(period.start())), |day| Some(day.next()))
        .take_while(move |day| day.start() < period.end())
}

impl Timetable {
    /// When the lab is open on the days that `within` touches: weekly hours without holidays and without closures of
    /// the lab, the workshop and the machine; sorted.
    #[must_use]
    pub fn open(&self, within: Period, workshop: WorkshopId, machine: MachineId) -> Vec<Open> {
        let closed: Vec<Period> =
            self.closures_of(workshop, machine).filter(|hole| hole.overlaps(within)).collect();
        self.weekly(within)
            .into_iter()
            .flat_map(|open| {
                let left = spans::subtract(&[open.period], &closed);
                left.into_iter().map(move |period| Open { period, ..open })
            })
            .collect()
    }

    /// Periods inside `within` that are closed on purpose, by closure or holiday; sorted and joined.
    #[must_use]
    pub fn closed(&self, within: Period, workshop: WorkshopId, machine: MachineId) -> Vec<Period> {
        let holidays = days(self.lab.zone, within).filter(|day| self.is_holiday(*day)).map(LocalDay::period);
        let all = self.closures_of(workshop, machine).chain(holidays);
        spans::merge(all.filter_map(|closed| closed.intersection(within)).collect())
    }

    fn weekly(&self, within: Period) -> Vec<Open> {
        let mut open: Vec<Open> = days(self.lab.zone, within)
            .filter(|day| !self.is_holiday(*day))
            .flat_map(|day| {
                self.spans.iter().filter(move |s| s.applies_on(day.date)).filter_map(move |s| s.on(day))
            })
            .collect();
        open.sort_unstable();
        open
    }

    fn closures_of(&self, workshop: WorkshopId, machine: MachineId) -> impl Iterator<Item = Period> {
        self.closures.iter().filter(move |one| one.scope.touches(workshop, machine)).map(|one| one.period)
    }

    fn is_holiday(&self, day: LocalDay) -> bool {
        self.lab.french_holidays && holiday(day.date).is_some()
    }
}

/// The periods of the spans, of staffed ones only where asked; joined where they touch.
#[must_use]
pub fn usable(open: &[Open], unstaffed_too: bool) -> Vec<Period> {
    spans::merge(open.iter().filter(|span| span.staffed || unstaffed_too).map(|span| span.period).collect())
}

/// Whether two spans of one sort meet on some day: nobody could say which of them holds. A staffed one may lie inside an
/// unstaffed one.
///
/// ```
/// use etabli::lab::{OpeningSpan, model::Day, rules::clash};
/// let tuesday = Day::numbered(2).unwrap();
/// let morning = OpeningSpan {
///     weekday: tuesday, opens: 540, closes: 720, staffed: true, valid_from: None, valid_to: None,
/// };
/// assert!(clash(&morning, &OpeningSpan { opens: 600, closes: 780, ..morning }));
/// assert!(!clash(&morning, &OpeningSpan { opens: 720, closes: 780, ..morning }), "they only touch");
/// assert!(!clash(&morning, &OpeningSpan { staffed: false, ..morning }));
/// let (last, first) = ("2026-03-10".parse().ok(), "2026-03-17".parse().ok());
/// assert!(!clash(&OpeningSpan { valid_to: last, ..morning }, &OpeningSpan { valid_from: first, ..morning }));
/// ```
#[must_use]
pub fn clash(one: &OpeningSpan, other: &OpeningSpan) -> bool {
    let before = |to: Option<NaiveDate>, from: Option<NaiveDate>| to.zip(from).is_some_and(|(t, f)| t < f);
    one.weekday == other.weekday
        && one.staffed == other.staffed
        && one.opens < other.closes
        && other.opens < one.closes
        && !before(one.valid_to, other.valid_from)
        && !before(other.valid_to, one.valid_from)
}

/// Minutes after midnight of an `HH:MM`.
///
/// ```
/// use etabli::lab::rules::minute;
/// assert_eq!(minute("09:30"), Some(570));
/// assert_eq!(minute("24:00"), Some(1440));
/// assert_eq!((minute("24:30"), minute("9:30"), minute("09:60")), (None, None, None));
/// ```
#[must_use]
pub fn minute(wall: &str) -> Option<u16> {
    let (hours, minutes) = wall.split_once(':')?;
    let two = |text: &str| text.parse::<u16>().ok().filter(|_| text.len() == 2 && !text.starts_with('+'));
    let minute = two(hours)? * 60 + two(minutes).filter(|minutes| *minutes < 60)?;
    (minute <= 1440).then_some(minute)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Day, OpeningSpan, Period, Timetable, usable};
    use crate::{
        kernel::{Id, Name, Zone},
        lab::{Closure, Lab, Scope},
    };

    fn timetable(spans: Vec<OpeningSpan>) -> Timetable {
        let lab = Lab {
            id: Id::new(),
            slug: "lab".into(),
            name: "Lab".into(),
            zone: Zone::PARIS,
            charter_version: 1,
            charter: Name { fr: String::new(), en: String::new() },
            french_holidays: true,
            demo: false,
            calendar_version: 1,
        };
        Timetable { lab, spans, closures: Vec::new() }
    }

    fn span(weekday: i32, opens: u16, closes: u16) -> OpeningSpan {
        let weekday = Day::numbered(weekday).unwrap();
        OpeningSpan { weekday, opens, closes, staffed: true, valid_from: None, valid_to: None }
    }

    fn day(date: &str) -> Period {
        Zone::PARIS.day(date.parse().unwrap()).period()
    }

    #[rstest]
    #[case("2026-03-29", 23)]
    #[case("2026-10-25", 25)]
    #[case("2026-06-07", 24)]
    fn a_whole_sunday_keeps_its_wall_time(#[case] date: &str, #[case] hours: i64) {
        let open = timetable(vec![span(7, 0, 1440)]).open(day(date), Id::new(), Id::new());
        assert_eq!(open.iter().map(|open| open.period.duration().num_hours()).collect::<Vec<_>>(), [hours]);
    }

    #[test]
    fn nine_o_clock_is_nine_o_clock_in_winter_and_summer() {
        let table = timetable(vec![span(2, 540, 720)]);
        let opens = |date| table.open(day(date), Id::new(), Id::new())[0].period.start().to_string();
        assert_eq!(opens("2026-03-24"), "2026-03-24T08:00:00Z");
        assert_eq!(opens("2026-03-31"), "2026-03-31T07:00:00Z");
    }

    #[test]
    fn holidays_are_closed() {
        let table = timetable(vec![span(2, 540, 720)]);
        assert!(table.open(day("2026-07-14"), Id::new(), Id::new()).is_empty());
        assert_eq!(table.closed(day("2026-07-14"), Id::new(), Id::new()), [day("2026-07-14")]);
    }

    #[test]
    fn a_closure_of_one_machine_leaves_the_others_open() {
        let mut table = timetable(vec![span(2, 540, 720)]);
        let (machine, tuesday) = (Id::new(), day("2026-03-03"));
        let closure =
            Closure { id: Id::new(), scope: Scope::Machine(machine), period: tuesday, reason: String::new() };
        table.closures.push(closure);
        assert!(table.open(tuesday, Id::new(), machine).is_empty());
        assert_eq!(table.open(tuesday, Id::new(), Id::new()).len(), 1);
    }

    #[test]
    fn spans_that_touch_at_midnight_are_one_stay() {
        let table = timetable(vec![span(2, 0, 1440), span(3, 0, 1440)]);
        let both = Period::new(day("2026-03-03").start(), day("2026-03-04").end()).unwrap();
        assert_eq!(usable(&table.open(both, Id::new(), Id::new()), false), [both]);
    }
}
