//! What may be said of a machine's rules and states.

use chrono::TimeDelta;

use super::model::{Machine, MachineName, Outage, Rules};
use crate::kernel::{FieldError, Instant, Period, Value, Zone};

impl Rules {
    /// The time kept free after each use.
    #[must_use]
    pub fn buffer(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.buffer_minutes))
    }

    /// The first moment nobody may book yet. Days are those of the calendar, whole, whatever the clocks do: what opens
    /// at midnight opens for everybody at once.
    ///
    /// ```
    /// use etabli::{kernel::Zone, machines::Rules};
    /// let rules = Rules { horizon_days: 60, ..Rules::default() };
    /// let horizon = rules.horizon(Zone::PARIS, "2026-09-01T06:00:00Z".parse().unwrap());
    /// assert_eq!(horizon.to_string(), "2026-10-31T23:00:00Z", "the end of Saturday 31 October, in winter time");
    /// ```
    #[must_use]
    pub fn horizon(&self, zone: Zone, now: Instant) -> Instant {
        let days = u64::try_from(self.horizon_days).unwrap_or_default();
        zone.day_of(now).plus(days).next().start()
    }

    /// What is wrong with these rules: the database would refuse them too, but without a sentence.
    ///
    /// ```
    /// use etabli::machines::Rules;
    /// assert!(Rules::default().mistakes("rules").is_empty());
    /// let upside_down = Rules { min_minutes: 60, max_minutes: 30, ..Rules::default() };
    /// assert_eq!(upside_down.mistakes("rules")[0].path, "rules.max_minutes");
    /// ```
    #[must_use]
    pub fn mistakes(&self, path: &str) -> Vec<FieldError> {
        let ranges = [
            ("grid_minutes", self.grid_minutes, 5, 1440),
            ("min_minutes", self.min_minutes, 5, 10_080),
            ("max_minutes", self.max_minutes, self.min_minutes.max(5), 10_080),
            ("notice_minutes", self.notice_minutes, 0, 1_051_200),
            ("horizon_days", self.horizon_days, 1, 730),
            ("cancel_minutes", self.cancel_minutes, 0, 1_051_200),
            ("buffer_minutes", self.buffer_minutes, 0, 1440),
            ("min_age", self.min_age.unwrap_or(0), 0, 99),
        ];
        let outside = ranges.into_iter().filter(|(_, value, least, most)| value < least || value > most);
        outside
            .map(|(name, _, least, most)| FieldError {
                path: format!("{path}.{name}"),
                code: "range",
                values: vec![("min", Value::Count(least.into())), ("max", Value::Count(most.into()))],
            })
            .collect()
    }
}

impl Outage {
    /// Whether the machine is out of service at some instant of the period.
    ///
    /// ```
    /// # use etabli::{kernel::{Instant, Period}, machines::{Outage, State}};
    /// # fn at(hour: u32) -> Instant { format!("2026-03-03T{hour:02}:00:00Z").parse().unwrap() }
    /// # fn period(from: u32, to: u32) -> Period { Period::new(at(from), at(to)).unwrap() }
    /// let broken = Outage { state: State::Broken, reason: "belt".into(), by: None, since: at(9), until: Some(at(12)) };
    /// assert!(broken.meets(period(11, 13)));
    /// assert!(!broken.meets(period(12, 13)), "it is expected back at noon");
    /// let open_end = Outage { until: None, ..broken };
    /// assert!(open_end.meets(period(12, 13)));
    /// ```
    #[must_use]
    pub fn meets(&self, period: Period) -> bool {
        self.since < period.end() && self.until.is_none_or(|until| period.start() < until)
    }

    /// The part of a period in which the machine is out of service.
    #[must_use]
    pub fn within(&self, period: Period) -> Option<Period> {
        Period::new(
            self.since.max(period.start()),
            self.until.map_or(period.end(), |until| until.min(period.end())),
        )
    }

    /// Whether the machine is out of service now.
    #[must_use]
    pub fn lasts(&self, now: Instant) -> bool {
        self.since <= now && self.until.is_none_or(|until| now < until)
    }
}

impl Machine {
    /// What it is called.
    #[must_use]
    pub fn called(&self) -> MachineName {
        MachineName { id: self.id, slug: self.slug.clone(), name: self.name.clone() }
    }

    /// What a use of this period holds: the period and the clean-up after it.
    #[must_use]
    pub fn hold(&self, period: Period) -> Period {
        period.extended(self.rules.buffer())
    }
}
