//! Pure decisions about controllers.

use chrono::TimeDelta;

use super::model::{Chain, Joint, State};
use crate::{
    kernel::{Code, Instant, Refusal, Result},
    wire::{Event, Link, WINDOW_SECONDS},
};

/// How long a code on a display may be typed by staff.
pub const CODE_LIVES: TimeDelta = TimeDelta::minutes(15);
/// How many controllers may wait at once: strangers may ask, and must not fill the database.
pub const WAITING_AT_ONCE: i64 = 32;
/// The letters and digits of a code: none that looks like another.
const LETTERS: &str = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// Whether a request signed at `timestamp` (seconds since 1970) may be believed now. A device without a clock reads
/// the time from the refusal.
///
/// # Errors
/// `clock_skew` when it is more than a minute away, in either direction.
///
/// ```
/// use etabli::{access::rules::in_time, kernel::Instant};
/// let now: Instant = "2026-03-02T08:00:00.9Z".parse().unwrap();
/// let at = |seconds: i64| in_time(1_772_438_400 + seconds, now);
/// assert!(at(-60).is_ok() && at(0).is_ok() && at(60).is_ok());
/// assert!(at(-61).is_err() && at(61).is_err() && in_time(i64::MIN, now).is_err());
/// ```
pub fn in_time(timestamp: i64, now: Instant) -> Result<()> {
    let seconds = now.utc().timestamp();
    if timestamp.abs_diff(seconds) <= WINDOW_SECONDS.unsigned_abs() {
        return Ok(());
    }
    Err(Refusal::new(Code::ClockSkew).with("time", seconds.to_string()).into())
}

/// Until when a nonce must be remembered so that the request it came with cannot be believed twice: the window after
/// the latest timestamp believed now.
#[must_use]
pub fn nonce_expires(now: Instant) -> Instant {
    now + TimeDelta::seconds(2 * WINDOW_SECONDS + 1)
}

/// Whether a controller in this state is listened to.
///
/// # Errors
/// `controller_waiting` before staff accept it, `controller_revoked` after they took it back.
pub fn trusted(state: State) -> Result<()> {
    match state {
        State::Active => Ok(()),
        State::Waiting => Err(Refusal::new(Code::ControllerWaiting).into()),
        State::Revoked => Err(Refusal::new(Code::ControllerRevoked).into()),
    }
}

/// A code as people type it, as it is kept: without spaces and hyphens, in capitals. Nothing where it can be none.
///
/// ```
/// use etabli::access::rules::code;
/// assert_eq!(code(" k7q-x4m ").as_deref(), Some("K7QX4M"));
/// assert_eq!(code("K7QX4"), None);
/// assert_eq!(code("K7QX40"), None);
/// ```
#[must_use]
pub fn code(typed: &str) -> Option<String> {
    let plain: String =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    (plain.len() == 6 && plain.chars().all(|c| LETTERS.contains(c))).then_some(plain)
}

/// Whether it is worth writing down that a controller spoke: not more often than every ten seconds.
///
/// ```
/// use chrono::TimeDelta;
/// use etabli::{access::rules::worth_noting, kernel::Instant};
/// let now: Instant = "2026-03-02T08:00:00Z".parse().unwrap();
/// assert!(worth_noting(None, now) && worth_noting(Some(now - TimeDelta::seconds(10)), now));
/// assert!(!worth_noting(Some(now - TimeDelta::seconds(9)), now));
/// ```
#[must_use]
pub fn worth_noting(seen: Option<Instant>, now: Instant) -> bool {
    seen.is_none_or(|seen| now - seen >= TimeDelta::seconds(10))
}

/// How an event hangs on what is known: on the end of the `chain`, or on `before`, the hashes told under the number
/// before its own. `contradicted`: another event was told under its number.
#[must_use]
pub fn joint(chain: &Chain, event: &Event, contradicted: bool, before: &[Link]) -> Joint {
    let (same_boot, first) = (event.boot_id == chain.boot, event.seq == 1);
    if contradicted {
        return Joint::Fork;
    }
    if same_boot && event.seq <= chain.seq {
        // It fills a gap; whether it hangs on what stands before it can only be told where that is known.
        return if before.is_empty() || before.contains(&event.prev) { Joint::Late } else { Joint::Fork };
    }
    let next = if same_boot { event.seq == chain.seq + 1 } else { first };
    match (next, event.prev == chain.hash) {
        (true, true) => Joint::Chained,
        (true, false) if first && event.prev == Link::NONE => Joint::Reset,
        (true, false) if first => Joint::Gap,
        (true, false) => Joint::Fork,
        // Of an earlier start, while a later one is known: what was before it decides.
        (false, _) if before.contains(&event.prev) => Joint::Late,
        (false, _) => Joint::Gap,
    }
}

/// Where the chain ends once this event is told. What comes late or contradicts does not move its end.
#[must_use]
pub fn after(chain: &Chain, event: &Event, hash: Link, joint: Joint) -> Chain {
    let ends = |mut chain: Chain| {
        (chain.boot, chain.seq, chain.hash) = (event.boot_id.clone(), event.seq, hash);
        chain
    };
    let chain = chain.clone();
    match joint {
        Joint::Chained => ends(chain),
        Joint::Late => chain,
        Joint::Gap => ends(Chain { gaps: chain.gaps + 1, ..chain }),
        Joint::Reset => ends(Chain { resets: chain.resets + 1, ..chain }),
        Joint::Fork => Chain { forks: chain.forks + 1, ..chain },
    }
}

/// When an event happened: since this start of the device, by its own count of milliseconds back from now; before
/// that, by the clock on its wall if it had one; never later than now.
#[must_use]
pub fn happened((boot, mono_ms): (&str, i64), event: &Event, now: Instant) -> Instant {
    let ago = (event.boot_id == boot).then(|| mono_ms.saturating_sub(event.mono_ms)).filter(|ago| *ago >= 0);
    let counted = ago.and_then(TimeDelta::try_milliseconds).map(|ago| now - ago);
    let wall = event.wall.and_then(|seconds| Instant::from_micros(seconds.checked_mul(1_000_000)?));
    counted.or(wall).filter(|at| *at <= now && now - *at < TimeDelta::days(366)).unwrap_or(now)
}
