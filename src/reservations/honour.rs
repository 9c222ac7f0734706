//! Its member came: the reservation is used.

use super::store;
use crate::{
    kernel::{ReservationId, Result},
    store::Db,
};

/// Marks a reservation as used, if it is still to take place; several may say so at once. Its place stays held and its
/// calendar entry stays as it is.
pub fn honour(db: &mut Db, id: ReservationId) -> Result<()> {
    store::honour(db, id)
}
