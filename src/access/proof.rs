//! The second factor: what is shown beside the number of a badge, which can be copied.
//!
//! A cryptographic card proves itself; else the member types a PIN at the machine, or says yes on the phone just
//! before. A PIN is short: whoever has its hash and the way it was made finds it in no time, however slow the hash. So
//! it is kept under the key of the house instead, an HMAC that costs microseconds where Argon2 would cost a scan its
//! five milliseconds ten times over; a copy of the table alone tells nothing, and at the machine five wrong tries shut
//! the PIN for a quarter of an hour.

use super::{
    badge::Badge,
    scan::{Asked, Place},
    store::{self, scenes::Scene},
};
use crate::{kernel::Result, store::Db};

/// Whether the machine asks for nothing more, or it was given. Looks no further than needed: a PIN typed at a lamp is
/// not tried.
pub fn given(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, asked): (&Badge, &Asked),
) -> Result<bool> {
    if !scene.policy.wants_second_factor() {
        return Ok(true);
    }
    let typed = match &asked.pin {
        Some(pin) => super::pins::typed(db, place.key, badge.member, pin, place.now)?,
        None => false,
    };
    Ok(typed || store::approvals::take(db, badge.member, scene.machine.id, place.now)?)
}
