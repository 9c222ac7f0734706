//! What one observation after another means.

use chrono::TimeDelta;

use super::model::{Fault, Intended, Observation, Observed, Source};
use crate::kernel::{Instant, MachineId};

/// A machine that draws less than this is idle, in watts, where its own policy says nothing.
pub const IDLE_WATTS: f64 = 5.0;

/// How long what is may differ from what should be: two tries of two seconds, and the way there and back.
pub const SETTLING: TimeDelta = TimeDelta::seconds(5);

/// How long a controller of our own may have a machine on that should be off by now: it hears so with its next heartbeat,
/// ten seconds later at most, and that is the way there and back.
pub const HEARING: TimeDelta = TimeDelta::seconds(15);

/// A controller of our own says hello every half minute at rest and beats every ten seconds while it runs: one that has
/// said nothing for so long cannot be reached. A plug is known to be there until its broker says otherwise.
pub const SILENT: TimeDelta = TimeDelta::seconds(90);

/// Power that nobody measured for so long is not guessed.
const MEASURED: TimeDelta = TimeDelta::seconds(120);

impl Intended {
    /// Whether the machine should have power at this instant.
    ///
    /// ```
    /// # use etabli::{kernel::{Id, Instant}, power::Intended};
    /// # fn at(minute: u32) -> Instant { format!("2026-03-03T10:{minute:02}:00Z").parse().unwrap() }
    /// let intended = Intended {
    ///     machine: Id::new(), on: true, until: Some(at(30)), session: None, said_at: at(0), version: 1,
    /// };
    /// assert!(intended.wants(at(29)));
    /// assert!(!intended.wants(at(30)), "it ends by itself");
    /// ```
    #[must_use]
    pub fn wants(&self, now: Instant) -> bool {
        self.on && self.until.is_none_or(|until| now < until)
    }

    /// Since when the machine should be on, or off, as it should be now.
    #[must_use]
    pub fn changed_at(&self, now: Instant) -> Instant {
        self.until.filter(|until| self.on && *until <= now).unwrap_or(self.said_at)
    }

    /// Whether a machine may still be on its way to what was said last, by the device that switches it.
    #[must_use]
    pub fn settling(&self, by: Source, now: Instant) -> bool {
        let patience = if by == Source::Native && !self.wants(now) { HEARING } else { SETTLING };
        now < self.changed_at(now) + patience
    }
}

/// What is wrong with a relay of a controller of our own, if it has had the time to do as it should.
///
/// ```
/// # use etabli::{kernel::{Id, Instant}, power::{Fault, Intended, rules::amiss}};
/// # fn at(second: u32) -> Instant { format!("2026-03-03T10:00:{second:02}Z").parse().unwrap() }
/// assert_eq!(amiss(None, true, at(0)), Some(Fault::OnWithoutSession), "nobody ever wanted it on");
/// let meant = Intended {
///     machine: Id::new(), on: true, until: Some(at(30)), session: None, said_at: at(0), version: 1,
/// };
/// assert_eq!(amiss(Some(&meant), false, at(4)), None, "it is closing");
/// assert_eq!(amiss(Some(&meant), false, at(5)), Some(Fault::OffInSession));
/// assert_eq!(amiss(Some(&meant), true, at(44)), None, "it has not heard that it is over");
/// assert_eq!(amiss(Some(&meant), true, at(45)), Some(Fault::OnWithoutSession));
/// ```
#[must_use]
pub fn amiss(intended: Option<&Intended>, on: bool, now: Instant) -> Option<Fault> {
    let wants = intended.is_some_and(|intended| intended.wants(now));
    let settling = intended.is_some_and(|intended| intended.settling(Source::Native, now));
    match (on, wants) {
        _ if settling => None,
        (true, false) => Some(Fault::OnWithoutSession),
        (false, true) => Some(Fault::OffInSession),
        (true, true) | (false, false) => None,
    }
}

impl Observed {
    /// Whether the device can be reached, as far as anybody knows at this instant.
    ///
    /// ```
    /// # use chrono::TimeDelta;
    /// # use etabli::{kernel::{Id, Instant}, power::{Observation, Observed, Source}};
    /// let now: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
    /// let seen = |source| {
    ///     let seen = Observation { source, online: true, on: Some(false), watts: None, fault: None };
    ///     Observed::after(None, Id::new(), seen, 5.0, now)
    /// };
    /// let native = seen(Source::Native);
    /// assert!(native.is_there(now + TimeDelta::seconds(89)));
    /// assert!(!native.is_there(now + TimeDelta::seconds(90)), "three hellos were missed");
    /// assert!(seen(Source::Plug).is_there(now + TimeDelta::hours(5)), "its last will would have said so");
    /// ```
    #[must_use]
    pub fn is_there(&self, now: Instant) -> bool {
        self.online && (self.source == Source::Plug || now < self.seen_at + SILENT)
    }

    /// What is known after this observation; `idle_below` in watts.
    ///
    /// ```
    /// # use etabli::{kernel::{Id, Instant}, power::{Observation, Observed, Source}};
    /// # fn at(minute: u32) -> Instant { format!("2026-03-03T10:{minute:02}:00Z").parse().unwrap() }
    /// let seen = |watts| Observation {
    ///     source: Source::Plug, online: true, on: Some(true), watts: Some(watts), fault: None,
    /// };
    /// let sawing = Observed::after(None, Id::new(), seen(900.0), 5.0, at(0));
    /// let quiet = Observed::after(Some(&sawing), sawing.machine, seen(3.0), 5.0, at(1));
    /// assert_eq!((quiet.since, quiet.idle_since), (at(0), Some(at(1))));
    /// assert_eq!(quiet.watt_hours, 15.0, "900 W for a minute");
    /// ```
    #[must_use]
    pub fn after(
        before: Option<&Self>,
        machine: MachineId,
        seen: Observation,
        idle_below: f64,
        now: Instant,
    ) -> Self {
        let same = before.filter(|before| before.on == seen.on);
        let still = seen.on == Some(true) && seen.watts.is_some_and(|watts| watts < idle_below);
        let quiet = before.filter(|before| before.on == Some(true)).and_then(|before| before.idle_since);
        Self {
            machine,
            source: seen.source,
            online: seen.online,
            on: seen.on,
            watts: seen.watts,
            fault: seen.fault,
            seen_at: now,
            since: same.map_or(now, |before| before.since),
            idle_since: still.then(|| quiet.unwrap_or(now)),
            watt_hours: before.map_or(0.0, |before| before.watt_hours + before.drawn(now)),
        }
    }

    /// The energy drawn since the last observation, in watt hours, as if the power had stayed what it was.
    fn drawn(&self, now: Instant) -> f64 {
        let since = now - self.seen_at;
        if self.on != Some(true) || since <= TimeDelta::zero() || since > MEASURED {
            return 0.0;
        }
        self.watts.unwrap_or(0.0).max(0.0) * since.as_seconds_f64() / 3600.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, proptest};

    use super::{Instant, Observation, Observed, TimeDelta};
    use crate::{kernel::Id, power::Source};

    fn noon() -> Instant {
        "2026-03-03T12:00:00Z".parse().unwrap()
    }

    fn seen(on: Option<bool>, watts: Option<f64>) -> Observation {
        Observation { source: Source::Plug, online: true, on, watts, fault: None }
    }

    #[test]
    fn idleness_ends_with_work_and_with_the_power() {
        let start = Observed::after(None, Id::new(), seen(Some(true), Some(1.0)), 5.0, noon());
        let later = noon() + TimeDelta::seconds(10);
        let next = |seen| Observed::after(Some(&start), start.machine, seen, 5.0, later);
        assert_eq!(next(seen(Some(true), Some(2.0))).idle_since, Some(noon()));
        assert_eq!(next(seen(Some(true), Some(5.0))).idle_since, None, "the threshold is work");
        assert_eq!(next(seen(Some(true), None)).idle_since, None, "nobody measures");
        assert_eq!(next(seen(Some(false), Some(0.0))).idle_since, None, "off is not idle");
        assert_eq!(next(seen(Some(false), Some(0.0))).since, later);
    }

    proptest! {
        #[test]
        fn energy_never_shrinks_and_is_never_guessed_over_a_gap(
            told in proptest::collection::vec(
                ((-10_i64..1000), any::<Option<bool>>(), proptest::option::of((0_u32..4000).prop_map(f64::from))),
                1..40,
            ),
        ) {
            let (mut now, mut before) = (noon(), None::<Observed>);
            for (seconds, on, watts) in told {
                now = now + TimeDelta::seconds(seconds);
                let after = Observed::after(before.as_ref(), Id::new(), seen(on, watts), 5.0, now);
                let gained = after.watt_hours - before.map_or(0.0, |before| before.watt_hours);
                let most = before.filter(|_| (1..=120).contains(&seconds)).map_or(0.0, |before| {
                    before.watts.unwrap_or(0.0) * f64::from(i32::try_from(seconds).unwrap()) / 3600.0
                });
                assert!((0.0..=most + 1e-6).contains(&gained), "{gained} of {most}");
                before = Some(after);
            }
        }
    }
}
