//! What stands on controllers' lists for badges: learned when a card is shown, because its number is kept nowhere.
//!
//! So a list holds the badges that were shown at that controller before: whoever comes for the first time needs the
//! server.

use super::{
    badge::{Badge, bytes_of},
    scan::{Asked, Place},
    store::{self, scenes::Scene},
};
use crate::{
    kernel::{ControllerId, Instant, Result},
    machines::policy::NewStart,
    store::Db,
    wire::list,
};

/// Learns the tag of a badge where its machine may be started without the server.
pub fn learn(db: &mut Db, place: &Place<'_>, scene: &Scene, (badge, asked): (&Badge, &Asked)) -> Result<()> {
    if scene.policy.without_server() == NewStart::Deny {
        return Ok(());
    }
    let Some(number) = bytes_of(&asked.badge) else { return Ok(()) };
    let tag = list::tag(place.listing, &number);
    store::tags::learn(db, place.device.id, badge.id, &tag, place.now)
}

/// The live badges that a controller has seen, with their tags, by tag.
pub fn live(db: &mut Db, controller: ControllerId, now: Instant) -> Result<Vec<(String, Badge)>> {
    store::tags::live(db, controller, now)
}
