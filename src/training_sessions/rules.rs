//! What is decided about sessions on plain values, beside the rule book.

use chrono::TimeDelta;

use crate::kernel::{Code, Error, Exception, Instant, Period, Refusal, Result};
pub use crate::training::store::sessions::LONGEST;

/// The longest session that holds machines: no claim is longer than a week and its clean-up.
pub const LONGEST_ON_MACHINES: TimeDelta = TimeDelta::days(7);
/// How far ahead a session may be put on the calendar.
pub const FURTHEST: TimeDelta = TimeDelta::days(2 * 366);

/// Refuses a period no session can have.
///
/// # Errors
/// `period_in_past`, or a field error.
pub fn check_period(period: Period, uses_machines: bool, now: Instant) -> Result<()> {
    if period.start() <= now {
        return Err(Error::refused(Code::PeriodInPast));
    }
    if period.duration() > LONGEST {
        return Err(Error::field("ends_at", "session_too_long"));
    }
    if uses_machines && period.duration() > LONGEST_ON_MACHINES {
        return Err(Error::field("ends_at", "session_too_long_on_machines"));
    }
    if period.start() > now + FURTHEST {
        return Err(Error::field("starts_at", "session_too_far"));
    }
    Ok(())
}

/// Refuses an exception that is not staff's to make, or of another gate than the opening hours.
///
/// # Errors
/// `forbidden`; `override_not_allowed` with the gate.
///
/// ```
/// use etabli::{kernel::{Code, Exception}, training_sessions::rules::may_except};
/// let exception = |gate| Exception { gates: vec![gate], reason: "open night".into() };
/// assert!(may_except(Some(&exception(Code::LabClosed)), true).is_ok());
/// assert!(may_except(Some(&exception(Code::LabClosed)), false).is_err());
/// assert!(may_except(Some(&exception(Code::MachineTaken)), true).is_err());
/// ```
pub fn may_except(exception: Option<&Exception>, staff: bool) -> Result<()> {
    let Some(exception) = exception else { return Ok(()) };
    if !staff {
        return Err(Error::refused(Code::Forbidden));
    }
    match exception.gates.iter().find(|gate| **gate != Code::LabClosed) {
        Some(gate) => Err(Refusal::new(Code::OverrideNotAllowed).with("gate", gate.as_str()).into()),
        None => Ok(()),
    }
}
