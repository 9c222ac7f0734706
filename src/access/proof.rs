//! The second factor: what is shown beside the number of a badge, which can be copied.
//!
//! A cryptographic card proves itself; else the member types a PIN at the machine, or says yes on the phone just
//! before. A PIN is short: whoever has its hash and the way it was made finds it in no time, however slow the hash. So
//! it is kept under the key of the house instead, an HMAC that costs microseconds where Argon2 would cost a scan its
//! five milliseconds ten times over; a copy of the table alone tells nothing, and at the machine five wrong tries shut
//! the PIN for a quarter of an hour.

use serde_json::json;

use super::{
    badge::{Badge, Card},
    pins::{self, Tried},
    scan::{
        Asked, Place,
        lines::{self, Which},
    },
    store::{self, scenes::Scene},
    sun::Tap,
};
use crate::{
    kernel::{Code, Result},
    power::log::{self, Event},
    store::Db,
};

/// What a badge proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// More than its number, or nothing more was needed.
    Given,
    /// Its number only; what came of the PIN, where one was typed.
    Missing(Option<Tried>),
    /// That it is a copy: a card that signs was shown with a wrong signature, or a count that had passed.
    Copied,
}

/// What was proved beside the number of a badge. Looks no further than needed: a PIN typed at a lamp is not tried.
pub fn given(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, asked): (&Badge, &Asked),
) -> Result<Proof> {
    if let (Some(card), Some(tap)) = (&badge.card, &asked.tap) {
        return tapped(db, place, scene, (badge, card, tap));
    }
    if !scene.policy.wants_second_factor() {
        return Ok(Proof::Given);
    }
    let typed = asked.pin.as_ref().map(|pin| pins::typed(db, place.key, badge.member, pin, place.now));
    let tried = typed.transpose()?;
    let given =
        tried == Some(Tried::Right) || store::approvals::take(db, badge.member, scene.machine.id, place.now)?;
    Ok(if given { Proof::Given } else { Proof::Missing(tried) })
}

/// The count must be greater than every one before, whichever reader saw it: one conditional update decides.
fn tapped(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, card, tap): (&Badge, &Card, &Tap),
) -> Result<Proof> {
    let key = place.key.reveal(badge.id, &card.hidden);
    if tap.is_signed_with(&key) && store::badges::count_on(db, badge.id, tap.count.into())? {
        return Ok(Proof::Given);
    }
    metrics::counter!("etabli_clone_alarms_total").increment(1);
    let line = lines::next(db, (scene.machine.id, Which::Given(badge.id)), &[Code::BadgeRevoked], place.now)?;
    if !line.due {
        return Ok(Proof::Copied);
    }
    let event = Event {
        at: place.now,
        kind: "clone_alarm",
        machine: Some(scene.machine.id),
        session: None,
        controller: Some(place.device.id),
        member: Some(badge.member),
        data: json!({ "badge": badge.id, "count": tap.count, "known": card.count }),
    };
    log::append(db, event)?;
    Ok(Proof::Copied)
}
