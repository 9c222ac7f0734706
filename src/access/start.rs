//! A session begins: written down, and the machine is meant to be on.

use super::{session::PowerSession, store};
use crate::{
    kernel::{Instant, Result},
    power::{self, Intent},
    reservations,
    store::Db,
};

/// Opens a session, unless one is open on the machine; answers whether. The reservation it is under is used.
pub fn open(db: &mut Db, new: &PowerSession, now: Instant) -> Result<bool> {
    let opened = store::sessions::open(db, new)?;
    if opened {
        let intent = Intent { on: true, until: Some(new.until), session: Some(new.id) };
        power::intend(db, new.machine, intent, now)?;
        if let Some(reservation) = new.reservation {
            reservations::honour::honour(db, reservation)?;
        }
    }
    Ok(opened)
}
