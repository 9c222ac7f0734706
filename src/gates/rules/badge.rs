//! May a badge switch the machine on now? What is asked beyond the gates of a booking.

use crate::{
    gates::{
        model::{Case, Facts},
        presence::{Presence, Shown},
    },
    kernel::{Code, Instant, MemberId, Refusal, Value},
    machines::{
        claims::{Claim, Kind},
        policy::{Need, Supervision},
    },
};

/// `badge_unknown`, `badge_revoked`: whose badge it is, or why it opens nothing.
///
/// ```
/// use etabli::{gates::{presence::Shown, rules::badge::holder}, kernel::{Code, Instant, MemberId}};
/// let (now, member): (Instant, _) = ("2026-03-03T10:00:00Z".parse().unwrap(), MemberId::new());
/// assert_eq!(holder(None, now).unwrap_err().code, Code::BadgeUnknown);
/// let badge = Shown { member, revoked: false, until: Some(now) };
/// assert_eq!(holder(Some(badge), now).unwrap_err().code, Code::BadgeRevoked, "a day guest's, of yesterday");
/// assert_eq!(holder(Some(Shown { until: None, ..badge }), now), Ok(member));
/// ```
pub fn holder(shown: Option<Shown>, now: Instant) -> Result<MemberId, Refusal> {
    let Some(badge) = shown else { return Err(Refusal::new(Code::BadgeUnknown)) };
    let over = badge.revoked || badge.until.is_some_and(|until| until <= now);
    if over { Err(Refusal::new(Code::BadgeRevoked)) } else { Ok(badge.member) }
}

/// `reservation_missing`: the machine is used with a reservation only, and the member has none for now.
pub fn unreserved(case: &Case<'_>, presence: &Presence) -> Option<Refusal> {
    let needed = presence.policy.reservation == Need::ReservationRequired;
    let start = case.period().start();
    let entitled =
        || booking(case.facts, presence, start).is_some() || in_training(case.facts, presence, start);
    (needed && !entitled()).then(|| Refusal::new(Code::ReservationMissing))
}

/// `reserved_for_other`: somebody else's reservation meets the use, clean-up included.
pub fn reserved(case: &Case<'_>, presence: &Presence) -> Option<Refusal> {
    let other = in_the_way(case, presence).find(|claim| claim.kind == Kind::Reservation)?;
    let from = Value::At(other.period.start(), case.zone());
    Some(Refusal::new(Code::ReservedForOther).with("since", from))
}

/// `machine_taken`: a training of others, a group, a repair or an offer holds the machine.
pub fn held(case: &Case<'_>, presence: &Presence) -> Option<Refusal> {
    let met = in_the_way(case, presence).find(|claim| claim.kind != Kind::Reservation)?;
    let kind: &'static str = met.kind.into();
    Some(Refusal::new(Code::MachineTaken).with("kind", kind))
}

/// `machine_in_use`: somebody else's session runs.
pub fn in_use(presence: &Presence) -> Option<Refusal> {
    presence.running.filter(|by| *by != presence.member).map(|_| Refusal::new(Code::MachineInUse))
}

/// `machine_offline`: nothing would switch it on. A session that runs is not ended by that: it may only be the network.
pub fn offline(presence: &Presence) -> Option<Refusal> {
    let starts = presence.running != Some(presence.member);
    (starts && !presence.reachable).then(|| Refusal::new(Code::MachineOffline))
}

/// `locked_out`: somebody said that the machine must not run; only staff take that back.
pub fn locked_out(presence: &Presence) -> Option<Refusal> {
    let lockout = presence.lockout.as_ref()?;
    let refusal = Refusal::new(Code::LockedOut).with("class", lockout.class);
    Some(match &lockout.reason {
        Some(reason) => refusal.with("reason", reason.as_str()),
        None => refusal,
    })
}

/// `second_factor_missing`: from risk class 2 on, the number of a badge is not enough, because it can be copied.
pub fn unproven(presence: &Presence) -> Option<Refusal> {
    let missing = presence.policy.wants_second_factor() && !presence.proven;
    missing.then(|| {
        let class = Value::Count(presence.policy.risk_class.into());
        Refusal::new(Code::SecondFactorMissing).with("risk_class", class)
    })
}

/// `supervisor_missing`: nobody stands by who may.
pub fn alone(presence: &Presence) -> Option<Refusal> {
    let needed = presence.policy.supervision;
    let missing = needed != Supervision::None && !presence.supervised;
    missing.then(|| {
        let needed: &'static str = needed.into();
        Refusal::new(Code::SupervisorMissing).with("supervision", needed)
    })
}

/// The member's own reservation of this machine that counts for a use that starts then, the policy's grace before and
/// after included.
#[must_use]
pub fn booking<'a>(facts: &'a Facts, presence: &Presence, start: Instant) -> Option<&'a Claim> {
    let grace = presence.policy.grace();
    let own = facts.own.iter().filter(|claim| {
        claim.machine == facts.machine.id
            && claim.kind == Kind::Reservation
            && claim.period.start() - grace <= start
            && start < claim.period.end() + grace
    });
    // The one that runs before the one that is over, and before the one to come.
    own.min_by_key(|claim| (!claim.period.has(start), claim.period.end() <= start))
}

/// Whether a training session in which the member teaches or learns holds this machine then, grace included.
fn in_training(facts: &Facts, presence: &Presence, start: Instant) -> bool {
    let grace = presence.policy.grace();
    facts.on_machine.iter().any(|claim| {
        takes_part(facts, claim)
            && claim.period.start() - grace <= start
            && start < claim.period.end() + grace
    })
}

fn takes_part(facts: &Facts, claim: &Claim) -> bool {
    facts.engagements.iter().any(|engagement| engagement.session.uuid() == claim.holder)
}

fn in_the_way<'a>(case: &'a Case<'a>, presence: &'a Presence) -> impl Iterator<Item = &'a Claim> {
    let hold = case.facts.machine.hold(case.period());
    let others = case.others(&case.facts.on_machine);
    others.filter(move |claim| {
        claim.member != Some(presence.member) && !takes_part(case.facts, claim) && claim.hold.overlaps(hold)
    })
}
