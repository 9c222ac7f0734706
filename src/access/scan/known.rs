//! A badge that somebody was given.

use super::{Asked, Outcome, Place, own, supervise};
use crate::{
    access::{
        ask::{Said, Who, ask},
        badge::Badge,
        badges,
        pins::Tried,
        proof::{self, Proof},
        session::PowerSession,
        start,
        store::scenes::Scene,
    },
    kernel::{BadgeId, Code, MemberId, PowerSessionId, Refusal, Result},
    people, power,
    store::Db,
};

/// The member of the running session ends it, or hands over to whoever showed a badge just before. Anybody else starts,
/// or stands by somebody who waits for that.
pub(super) fn known(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, asked): (&Badge, &Asked),
) -> Result<Outcome> {
    if let Some(session) = scene.session.as_ref().filter(|session| session.member == badge.member) {
        return own::shown(db, place, (scene, session), (badge, asked));
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
    let outcome = begin(db, place, scene, who, Beside { badge: Some(badge.id), supervisor: None })?;
    Ok(match (outcome, proof) {
        (Outcome::Denied(refusals, contact), Proof::Missing(Some(tried))) => {
            Outcome::Denied(refusals.into_iter().map(|refusal| of_pin(refusal, tried)).collect(), contact)
        }
        (outcome, _) => outcome,
    })
}

/// Says what was wrong with the PIN that was typed.
fn of_pin(refusal: Refusal, tried: Tried) -> Refusal {
    let word: &'static str = tried.into();
    if refusal.code == Code::SecondFactorMissing { refusal.with("pin", word) } else { refusal }
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
    let (until, bound) = badges::until(badge.as_ref(), &lasting);
    let session = PowerSession {
        id: PowerSessionId::new(),
        machine: scene.machine.id,
        member: who.member,
        badge: beside.badge,
        controller: Some(place.device.id),
        reservation,
        supervisor: beside.supervisor,
        started_at: place.now,
        until,
        bound,
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
