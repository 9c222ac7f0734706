//! What need not be remembered any longer.

use chrono::TimeDelta;

use super::store;
use crate::{
    kernel::{Instant, Result},
    store::Db,
};

/// Who showed which badge where is forgotten after a year; sessions and the log stay.
const SCANS: TimeDelta = TimeDelta::days(365);
/// Refusals that came so thick that the log counts them and no more are forgotten after a week.
const UNTOLD: TimeDelta = TimeDelta::days(7);
/// A yes on the phone holds for a minute; it is kept for a day, for whoever wants to know why it did not help.
const APPROVALS: TimeDelta = TimeDelta::days(1);

/// Forgets used nonces that no request can bring back, and devices that waited in vain.
pub fn stale(db: &mut Db, now: Instant) -> Result<()> {
    store::nonces::sweep(db, now)?;
    store::controllers::sweep(db, now)
}

/// Forgets scans of more than a year ago, and what was approved on phones. Run at night.
pub fn old(db: &mut Db, now: Instant) -> Result<()> {
    store::scans::sweep_untold(db, now - UNTOLD)?;
    store::scans::sweep(db, now - SCANS)?;
    store::approvals::sweep(db, now - APPROVALS)
}
