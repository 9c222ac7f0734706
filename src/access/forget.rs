//! What need not be remembered any longer.

use super::store;
use crate::{
    kernel::{Instant, Result},
    store::Db,
};

/// Forgets used nonces that no request can bring back, and devices that waited in vain.
pub fn stale(db: &mut Db, now: Instant) -> Result<()> {
    store::nonces::sweep(db, now)?;
    store::controllers::sweep(db, now)
}
