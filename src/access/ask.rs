//! What the rule book says of somebody at a machine, here and now.

use anyhow::Context;

use super::{lockout::Lockout, store::scenes::Scene};
use crate::{
    gates::{
        self, Lasting, Presence, Proposal, facts::Purpose, presence::Locked, rules::badge::booking,
        until::widest,
    },
    kernel::{Id, Instant, MemberId, Refusal, ReservationId, Result, Zone},
    machines,
    people::Contact,
    reservations,
    store::Db,
};

/// Somebody at a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// The member.
    pub member: MemberId,
    /// Whether more was shown than the number of a badge.
    pub proven: bool,
    /// Whether somebody who may stands by.
    pub supervised: bool,
    /// Whose session runs there.
    pub running: Option<MemberId>,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Said {
    /// How to speak to the member.
    pub contact: Contact,
    /// Where the lab's days are counted.
    pub zone: Zone,
    /// The reservation that counts.
    pub reservation: Option<ReservationId>,
    /// Until when, or every reason why not.
    pub lasting: std::result::Result<Lasting, Vec<Refusal>>,
}

/// Asks about a use that began `since`: now, when a badge is shown; earlier, for a session that runs.
///
/// No lock is taken. Two badges at once are told apart by the index of open sessions, and whatever else changes at the
/// same moment is seen at the next lease.
pub fn ask(db: &mut Db, scene: &Scene, who: Who, since: Instant, now: Instant) -> Result<Said> {
    let lockout: Option<Locked> = scene.lockout.as_ref().map(Lockout::facts);
    let Who { member, proven, supervised, running } = who;
    let policy = scene.policy.clone();
    let reachable = scene.plug_answers != Some(false);
    let mut presence =
        Presence { member, policy, running, reachable, lockout, proven, supervised, excepted: Vec::new() };
    let period = widest(&scene.policy, since).context("a longest session of a minute or more")?;
    let proposal = Proposal { period, replaces: None, keeps_start: true, overrides: Vec::new() };
    let machine = machines::get_by_id(db, scene.machine.id)?;
    let mut facts = gates::gather(db, &proposal, (machine, member), Purpose::Tell, now)?;
    let reservation = booking(&facts, &presence, since).map(|claim| Id::from_uuid(claim.holder));
    if let Some(id) = reservation {
        presence.excepted = reservations::store::excepted(db, id)?;
    }
    facts.presence = Some(presence.clone());
    Ok(Said {
        lasting: gates::until(&facts, &presence, since, now),
        reservation,
        zone: facts.timetable.lab.zone,
        contact: facts.standing.contact,
    })
}
