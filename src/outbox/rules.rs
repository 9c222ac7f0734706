//! When a letter that could not be delivered is tried again, and when it is given up.

use chrono::TimeDelta;

use crate::kernel::Instant;

/// How long a letter is tried before it is given up.
pub const PATIENCE: TimeDelta = TimeDelta::hours(24);
/// How long a worker may keep a letter; after that another one takes it, because the first must have died.
pub const CLAIM: TimeDelta = TimeDelta::minutes(2);

/// Pauses after the first tries, in seconds; the last one is for all further tries.
const PAUSES: [i64; 7] = [30, 60, 120, 300, 600, 1800, 3600];

/// When to try again after `attempts` tries have failed; nothing when the letter is to be given up.
///
/// The last try is never later than `give_up_at`.
///
/// ```
/// use etabli::{kernel::Instant, outbox::rules::next_try};
/// let now: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
/// let evening: Instant = "2026-11-24T21:00:00Z".parse().unwrap();
/// assert_eq!(next_try(1, now, evening).unwrap().to_string(), "2026-11-24T09:00:30Z");
/// assert_eq!(next_try(50, now, evening).unwrap().to_string(), "2026-11-24T10:00:00Z");
/// assert_eq!(next_try(3, evening, evening), None);
/// ```
#[must_use]
pub fn next_try(attempts: i32, now: Instant, give_up_at: Instant) -> Option<Instant> {
    let passed = usize::try_from(attempts.saturating_sub(1)).unwrap_or_default();
    let seconds = PAUSES.get(passed).or(PAUSES.last()).copied().unwrap_or_default();
    (now < give_up_at).then(|| (now + TimeDelta::seconds(seconds)).min(give_up_at))
}

#[cfg(test)]
mod tests {
    use super::{Instant, PATIENCE, TimeDelta, next_try};

    /// Every try of a letter that nobody ever takes.
    fn tries() -> Vec<TimeDelta> {
        let posted: Instant = "2026-11-24T09:00:00Z".parse().unwrap();
        let (mut now, mut tries) = (posted, vec![TimeDelta::zero()]);
        for attempts in 1.. {
            match next_try(attempts, now, posted + PATIENCE) {
                Some(next) => now = next,
                None => break,
            }
            tries.push(now - posted);
        }
        tries
    }

    #[test]
    fn pauses_grow() {
        let tries = tries();
        let pauses: Vec<i64> = tries.windows(2).map(|pair| (pair[1] - pair[0]).num_seconds()).collect();
        assert_eq!(pauses[..8], [30, 60, 120, 300, 600, 1800, 3600, 3600]);
    }

    #[test]
    fn the_last_try_is_a_day_after_the_letter_was_posted() {
        assert_eq!(tries().last(), Some(&PATIENCE));
    }
}
