//! Nobody came: a reservation gives its place back after the machine's delay, and its member is told.
//!
//! Only of machines that a controller switches: where no badge can be shown, nobody can be missed.

use super::store;
use crate::{
    kernel::{Instant, Result},
    machines, reservations,
    store::Db,
};

/// Releases what nobody badged in for, and marks as used what somebody did. Run now and then.
pub fn due(db: &mut Db, now: Instant) -> Result<()> {
    for machine in store::controllers::bound(db)? {
        let (policy, _) = machines::power_policy(db, machine)?;
        for reservation in reservations::release::waiting(db, machine, now - policy.patience(), now)? {
            if !store::sessions::of_reservation(db, reservation)? {
                reservations::release::release(db, reservation, now)?;
            }
        }
    }
    Ok(())
}
