//! How many lines of the log one plug may fill: a relay that flaps, or somebody who plays with its button, must not push
//! everything else out of sight.

use chrono::TimeDelta;

use crate::kernel::Instant;

/// So many lines of one plug are written in a minute.
const MOST: u32 = 12;

/// The lines of one plug in this minute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lines {
    minute: Option<Instant>,
    written: u32,
    untold: u32,
}

impl Lines {
    /// Whether one more line is written, and how many before it were not.
    pub(super) fn next(&mut self, now: Instant) -> Option<u32> {
        if self.minute.is_none_or(|minute| now < minute || now >= minute + TimeDelta::minutes(1)) {
            (self.minute, self.written) = (Some(now), 0);
        }
        if self.written >= MOST {
            self.untold = self.untold.saturating_add(1);
            return None;
        }
        self.written += 1;
        Some(std::mem::take(&mut self.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::{Instant, Lines, MOST, TimeDelta};

    #[test]
    fn a_plug_that_flaps_fills_few_lines_and_none_of_it_goes_uncounted() {
        let start: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
        let mut lines = Lines::default();
        let in_a_minute =
            (0..120).filter_map(|tenth| lines.next(start + TimeDelta::milliseconds(tenth * 100)));
        assert_eq!(in_a_minute.collect::<Vec<_>>(), vec![0; usize::try_from(MOST).unwrap()]);
        assert_eq!(lines.next(start + TimeDelta::minutes(1)), Some(120 - MOST));
        assert_eq!(lines.next(start + TimeDelta::minutes(1)), Some(0));
    }
}
