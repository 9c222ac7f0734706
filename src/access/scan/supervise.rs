//! Two badges for one session: a trainer's beside a learner's, or a second person's who may use the machine too.

use chrono::TimeDelta;

use super::{
    Outcome, Place,
    known::{Beside, begin},
};
use crate::{
    access::{
        ask::{Who, ask},
        badge::Badge,
        store::{self, scenes::Scene},
    },
    kernel::{Code, MemberId, Result},
    machines::policy::Supervision,
    people,
    store::Db,
    training,
};

/// So long after a badge that waits for it, the second one is shown.
const TOGETHER: TimeDelta = TimeDelta::seconds(30);

/// What is asked of a user and not of whoever stands by.
const OF_THE_USER: [Code; 8] = [
    Code::ReservationMissing,
    Code::ReservedForOther,
    Code::MachineInUse,
    Code::MemberElsewhere,
    Code::WorkshopFull,
    Code::SecondFactorMissing,
    Code::SupervisorMissing,
    Code::MachineTaken,
];

/// Whether this member needs nobody beside them here.
pub(in super::super) fn needs_nobody(db: &mut Db, scene: &Scene, member: MemberId) -> Result<bool> {
    match scene.policy.supervision {
        Supervision::None => Ok(true),
        Supervision::Trainer => teaches(db, scene, member),
        Supervision::Buddy => Ok(false),
    }
}

/// Begins the session of whoever waits at this machine for somebody to stand by; nothing where nobody waits, or where
/// this badge does not help.
pub(super) fn stand_by(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    badge: &Badge,
) -> Result<Option<Outcome>> {
    if scene.policy.supervision == Supervision::None || scene.session.is_some() {
        return Ok(None);
    }
    let last = store::scans::last_at(db, scene.machine.id, TOGETHER, place.now)?;
    let waits = last.filter(|last| last.lacked_only(Code::SupervisorMissing));
    let waits = waits.filter(|waits| waits.member != Some(badge.member));
    let Some((learner, with)) = waits.and_then(|waits| Some((waits.member?, waits.badge))) else {
        return Ok(None);
    };
    let helps = match scene.policy.supervision {
        Supervision::Trainer => teaches(db, scene, badge.member)? && !suspended(db, place, badge.member)?,
        Supervision::Buddy => may_use(db, place, scene, badge.member)?,
        Supervision::None => false,
    };
    if !helps {
        return Ok(None);
    }
    let who = Who { member: learner, proven: true, supervised: true, running: None };
    let beside = Beside { badge: with, supervisor: Some(badge.member) };
    begin(db, place, scene, who, beside).map(Some)
}

fn teaches(db: &mut Db, scene: &Scene, member: MemberId) -> Result<bool> {
    training::teaches_for(db, member, scene.machine.id)
}

/// Whoever is kept from machines supervises nobody at one.
fn suspended(db: &mut Db, place: &Place<'_>, member: MemberId) -> Result<bool> {
    let standing = people::standing(db, member, place.now.utc().date_naive())?;
    let suspension = standing.and_then(|standing| standing.suspension);
    Ok(suspension.is_some_and(|suspension| suspension.until.is_none_or(|until| place.now < until)))
}

fn may_use(db: &mut Db, place: &Place<'_>, scene: &Scene, member: MemberId) -> Result<bool> {
    let who = Who { member, proven: true, supervised: true, running: None };
    let said = ask(db, scene, who, place.now, place.now)?;
    let refusals = said.lasting.err().unwrap_or_default();
    Ok(refusals.iter().all(|refusal| OF_THE_USER.contains(&refusal.code)))
}
