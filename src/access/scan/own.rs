//! The badge of whoever has the machine on: it ends the session, hands over to whoever asked just before, or is heard
//! again where the grant was lost on its way.

use chrono::TimeDelta;

use super::{
    Asked, Outcome, Place,
    known::{Beside, begin},
};
use crate::{
    access::{
        ask::{Who, ask},
        badge::Badge,
        finish::{End, finish},
        proof::{self, Proof},
        renew::renew,
        session::{EndReason, PowerSession},
        store::{self, scenes::Scene},
    },
    kernel::{Code, Result},
    people,
    power::plugs,
    store::Db,
};

/// So long after a badge was refused because the machine was in use, its user may hand over.
const HAND_OVER: TimeDelta = TimeDelta::seconds(15);
/// So long a grant may have been lost: after that its controller has said hello, and ended what it knows nothing of.
const LOST: TimeDelta = TimeDelta::seconds(30);

/// What the badge does that opened the running session, or another one of its member.
pub(super) fn shown(
    db: &mut Db,
    place: &Place<'_>,
    (scene, own): (&Scene, &PowerSession),
    (badge, asked): (&Badge, &Asked),
) -> Result<Outcome> {
    if let Some(outcome) = hand_over(db, place, scene, own)? {
        return Ok(outcome);
    }
    if was_lost(own, place, (badge, asked))
        && !plugs::edit::is_before(db, own.machine)?
        && proof::given(db, place, scene, (badge, asked))? == Proof::Given
    {
        let renewed = renew(db, own.clone(), false, place.now)?;
        return Ok(match renewed.session.ended {
            None => Outcome::Again(renewed.session, renewed.contact),
            Some(_) => Outcome::Denied(renewed.refusals, Some(renewed.contact)),
        });
    }
    finish(db, own, End::now(EndReason::Badge, place.now), place.now)?;
    Ok(Outcome::Ended(own.clone(), people::contact(db, own.member)?))
}

/// Whether the controller never had the answer that granted this session: it says itself that the machine is off, with
/// the card that opened it, and was never heard of the session.
fn was_lost(own: &PowerSession, place: &Place<'_>, (badge, asked): (&Badge, &Asked)) -> bool {
    asked.on == Some(false)
        && own.controller == Some(place.device.id)
        && own.badge == Some(badge.id)
        && own.heard_at == own.started_at
        && place.now - own.started_at <= LOST
}

fn hand_over(db: &mut Db, place: &Place<'_>, scene: &Scene, own: &PowerSession) -> Result<Option<Outcome>> {
    let last = store::scans::last_at(db, scene.machine.id, HAND_OVER, place.now)?;
    let next = last.filter(|last| last.lacked_only(Code::MachineInUse) && last.member != Some(own.member));
    let Some((member, badge)) = next.and_then(|next| Some((next.member?, next.badge))) else {
        return Ok(None);
    };
    // Nothing else was in the way a moment ago: proof and supervision were there.
    let who = Who { member, proven: true, supervised: true, running: None };
    if ask(db, scene, who, place.now, place.now)?.lasting.is_ok()
        && finish(db, own, End::now(EndReason::Takeover, place.now), place.now)?
    {
        return begin(db, place, scene, who, Beside { badge, supervisor: None }).map(Some);
    }
    Ok(None)
}
