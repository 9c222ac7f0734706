//! The machine's grid, and what is free on it. Pure.

use chrono::TimeDelta;

use super::model::{Machine, Rules};
use crate::kernel::{Instant, LocalDay, Period, spans};

/// What is known of a machine over some days.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The machine.
    pub machine: &'a Machine,
    /// When it may be used; sorted and joined.
    pub open: &'a [Period],
    /// When it is held or out of service, clean-up included.
    pub held: &'a [Period],
    /// When it is shut on purpose: no use may meet it, not even one that runs alone.
    pub shut: &'a [Period],
    /// The present: nothing is free before it.
    pub now: Instant,
    /// The first moment nobody may book yet: nothing is free from there on.
    pub horizon: Instant,
}

impl Situation<'_> {
    /// Every slot of the grid on this day that is open and nobody holds, from now on.
    #[must_use]
    pub fn slots(&self, day: LocalDay) -> Vec<Period> {
        let rules = &self.machine.rules;
        let length = TimeDelta::minutes(rules.grid_minutes.into());
        starts(rules, day)
            .filter_map(|start| Period::starting(start, length))
            .filter(|slot| self.is_free(*slot))
            .collect()
    }

    fn is_free(&self, period: Period) -> bool {
        let hold = self.machine.hold(period);
        let open = if self.machine.rules.unattended {
            self.open.iter().any(|span| span.has(period.start()))
        } else {
            spans::cover(self.open, period)
        };
        let shut = self.shut.iter().any(|shut| shut.overlaps(period));
        let ahead = self.now <= period.start() && period.start() < self.horizon;
        open && !shut && ahead && !self.held.iter().any(|held| held.overlaps(hold))
    }
}

/// Starts on the grid: multiples of its step on the wall clock, counted from local midnight. The walk goes by the largest
/// step that divides an hour too, so that a change of the clocks does not lead it off the grid.
pub fn starts(rules: &Rules, day: LocalDay) -> impl Iterator<Item = Instant> + use<> {
    let grid = i64::from(rules.grid_minutes);
    let (first, end, step) = (day.start(), day.next().start(), common_divisor(grid, 60));
    std::iter::successors(Some(first), move |start| Some(*start + TimeDelta::minutes(step)))
        .take_while(move |start| *start < end)
        .filter(move |start| day.zone.minute_of_day(*start).0 % grid == 0)
}

/// The greatest common divisor, by Euclid.
fn common_divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { common_divisor(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::{Instant, LocalDay, Machine, Period, Situation};
    use crate::{
        kernel::{Id, Name, Zone},
        machines::Rules,
    };

    fn machine(rules: Rules) -> Machine {
        Machine {
            id: Id::new(),
            slug: "tour".into(),
            name: Name { fr: "Tour".into(), en: "Lathe".into() },
            workshop: Id::new(),
            kind: None,
            position: 1,
            outage: None,
            rules,
            calendar_version: 0,
            version: 1,
        }
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str) -> Period {
        Period::new(at(&format!("2026-03-03T{from}:00Z")), at(&format!("2026-03-03T{to}:00Z"))).unwrap()
    }

    fn whole<'a>(machine: &'a Machine, open: &'a [Period], day: LocalDay) -> Situation<'a> {
        Situation { machine, open, held: &[], shut: &[], now: day.start(), horizon: day.next().start() }
    }

    #[test]
    fn a_buffer_keeps_the_slots_on_both_sides_of_a_use_busy() {
        let machine = machine(Rules { buffer_minutes: 30, ..Rules::default() });
        let (open, held) = ([period("08:00", "11:00")], [machine.hold(period("09:00", "09:30"))]);
        let situation = Situation {
            machine: &machine,
            open: &open,
            held: &held,
            shut: &[],
            now: at("2026-03-03T08:00:00Z"),
            horizon: at("2026-04-03T08:00:00Z"),
        };
        let day = Zone::PARIS.day("2026-03-03".parse().unwrap());
        assert_eq!(
            situation.slots(day),
            [period("08:00", "08:30"), period("10:00", "10:30"), period("10:30", "11:00")]
        );
    }

    #[test]
    fn nothing_is_free_beyond_the_horizon() {
        let machine = machine(Rules::default());
        let open = [period("08:00", "11:00")];
        let (now, horizon) = (at("2026-03-03T08:10:00Z"), at("2026-03-03T09:30:00Z"));
        let situation = Situation { machine: &machine, open: &open, held: &[], shut: &[], now, horizon };
        let day = Zone::PARIS.day("2026-03-03".parse().unwrap());
        assert_eq!(situation.slots(day), [period("08:30", "09:00"), period("09:00", "09:30")]);
    }

    #[test]
    fn the_day_the_clocks_go_back_has_an_hour_more_of_slots() {
        let machine = machine(Rules { grid_minutes: 60, ..Rules::default() });
        for (date, hours) in [("2026-10-25", 25), ("2026-03-29", 23)] {
            let day = Zone::PARIS.day(date.parse().unwrap());
            let open = [day.period()];
            let situation = whole(&machine, &open, day);
            assert_eq!(situation.slots(day).len(), hours);
        }
    }

    #[test]
    fn a_grid_that_does_not_divide_an_hour_stays_on_the_wall_clock() {
        let machine = machine(Rules { grid_minutes: 90, ..Rules::default() });
        let day = Zone::PARIS.day("2026-03-29".parse().unwrap());
        let open = [day.period()];
        let situation = whole(&machine, &open, day);
        let starts: Vec<_> = situation.slots(day).iter().map(|slot| slot.start().to_string()).collect();
        // 00:00, 01:30 (until 04:00 on the wall), then 03:00, 04:30 … in summer time.
        assert_eq!(
            starts.get(..4).unwrap(),
            ["2026-03-28T23:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:30:00Z"]
        );
    }
}
