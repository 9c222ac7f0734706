//! A member says yes on the phone, just before the badge.

use chrono::TimeDelta;

use super::store;
use crate::{
    kernel::{Instant, MachineId, MemberId, Result},
    store::Db,
};

/// For so long the yes waits for its badge.
const WAITS: TimeDelta = TimeDelta::seconds(60);

/// Says yes to one start of one machine; answers until when it waits.
pub fn approve(db: &mut Db, member: MemberId, machine: MachineId, now: Instant) -> Result<Instant> {
    let until = now + WAITS;
    store::approvals::insert(db, member, machine, (now, until))?;
    Ok(until)
}
