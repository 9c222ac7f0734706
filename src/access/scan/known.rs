//! A badge that somebody was given.

use chrono::TimeDelta;

use super::{Asked, Outcome, Place, supervise};
use crate::{
    access::{
        ask::{Said, Who, ask},
        badge::Badge,
        badges,
        finish::{End, finish},
        proof::{self, Proof},
        session::{EndReason, PowerSession},
        start,
        store::{self, scenes::Scene},
    },
    kernel::{BadgeId, Code, MemberId, PowerSessionId, Refusal, Result},
    people, power,
    store::Db,
};

/// So long after a badge was refused because the machine was in use, its user may hand over.
const HAND_OVER: TimeDelta = TimeDelta::seconds(15);

/// The member of the running session ends it, or hands over to whoever showed a badge just before. Anybody else starts,
/// or stands by somebody who waits for that.
pub(super) fn known(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, asked): (&Badge, &Asked),
) -> Result<Outcome> {
    if let Some(own) = scene.session.as_ref().filter(|session| session.member == badge.member) {
        return end_or_hand_over(db, place, scene, own);
    }
    let proof = proof::given(db, place, scene, (badge, asked))?;
    if proof == Proof::Copied {
        let contact = people::contact(db, badge.member)?;
        return Ok(Outcome::Denied(vec![Refusal::new(Code::BadgeRevoked)], Some(contact)));
    }
    // Whoever stands by proves as much as whoever switches on.
    if proof == Proof::Given
        && let Some(outcome) = supervise::stand_by(db, place, scene, badge)?
    {
        return Ok(outcome);
    }
    let who = Who {
        member: badge.member,
        proven: proof == Proof::Given,
        supervised: supervise::needs_nobody(db, scene, badge.member)?,
        running: scene.session.as_ref().map(|session| session.member),
    };
    begin(db, place, scene, who, Beside { badge: Some(badge.id), supervisor: None })
}

/// What is kept beside who it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Beside {
    pub(super) badge: Option<BadgeId>,
    pub(super) supervisor: Option<MemberId>,
}

/// Asks the rule book, and begins if it lets them.
pub(super) fn begin(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    who: Who,
    beside: Beside,
) -> Result<Outcome> {
    let said = ask(db, scene, who, place.now, place.now)?;
    let Said { contact, reservation, lasting, .. } = said;
    let lasting = match lasting {
        Ok(lasting) => lasting,
        Err(refusals) => return Ok(Outcome::Denied(refusals, Some(contact))),
    };
    let badge = badges::of_session(db, beside.badge)?;
    let session = PowerSession {
        id: PowerSessionId::new(),
        machine: scene.machine.id,
        member: who.member,
        badge: beside.badge,
        controller: Some(place.device.id),
        reservation,
        supervisor: beside.supervisor,
        started_at: place.now,
        until: badges::until(badge.as_ref(), lasting.accepted.period().end()),
        bound: lasting.bound,
        heard_at: place.now,
        ended: None,
        meter: (power::observed(db, scene.machine.id)?.map(|seen| seen.watt_hours), None),
    };
    if start::open(db, &session, place.now)? {
        Ok(Outcome::Started(session, contact))
    } else {
        // Somebody was quicker at another controller.
        Ok(Outcome::Denied(vec![Refusal::new(Code::MachineInUse)], Some(contact)))
    }
}

fn end_or_hand_over(db: &mut Db, place: &Place<'_>, scene: &Scene, own: &PowerSession) -> Result<Outcome> {
    let last = store::scans::last_at(db, scene.machine.id, HAND_OVER, place.now)?;
    let next = last.filter(|last| last.lacked_only(Code::MachineInUse) && last.member != Some(own.member));
    if let Some((member, badge)) = next.and_then(|next| Some((next.member?, next.badge))) {
        // Nothing else was in the way a moment ago: proof and supervision were there.
        let who = Who { member, proven: true, supervised: true, running: None };
        if ask(db, scene, who, place.now, place.now)?.lasting.is_ok()
            && finish(db, own, End::now(EndReason::Takeover, place.now), place.now)?
        {
            return begin(db, place, scene, who, Beside { badge, supervisor: None });
        }
    }
    finish(db, own, End::now(EndReason::Badge, place.now), place.now)?;
    Ok(Outcome::Ended(own.clone(), people::contact(db, own.member)?))
}
