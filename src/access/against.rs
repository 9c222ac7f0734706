//! What was against a start that the house heard of only afterwards.
//!
//! A controller tells that it switched a machine on by itself. That is the truth, and it stays in the books; but where
//! the house would not have let it, staff see so: a line of its own in the log of power, `started_against_policy`, a
//! figure, and a session that is over with its next lease. The policy, the lockout and the badge are looked at as they
//! stand when the house hears of it; the rule book is not asked about the past, which may have changed since.

use serde_json::json;

use super::{
    badge::Badge,
    session::PowerSession,
    store::{self, scenes::Scene},
};
use crate::{
    kernel::{Code, Instant, Result},
    machines::policy::{NewStart, Supervision},
    people,
    power::log::{self, Event},
    store::Db,
};

/// Something that was against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Against {
    /// Nobody starts the machine without the server.
    StartNeedsServer,
    /// Staff only, and it was somebody else.
    StaffOnly,
    /// A badge alone is not enough for it.
    SecondFactorMissing,
    /// Somebody has to stand by.
    SupervisorMissing,
    /// It was locked out.
    LockedOut,
    /// The badge had been taken back, or its time was over.
    BadgeRevoked,
}

impl Against {
    /// The gate that ends the session.
    #[must_use]
    pub const fn gate(self) -> Code {
        match self {
            Self::StartNeedsServer | Self::StaffOnly | Self::SecondFactorMissing => Code::SecondFactorMissing,
            Self::SupervisorMissing => Code::SupervisorMissing,
            Self::LockedOut => Code::LockedOut,
            Self::BadgeRevoked => Code::BadgeRevoked,
        }
    }
}

/// What was against a session that began without the server.
pub fn found(db: &mut Db, session: &PowerSession) -> Result<Vec<Against>> {
    let scene = store::scenes::at(db, &session.machine.to_string())?;
    let badge = session.badge.map(|badge| store::badges::find(db, badge)).transpose()?.flatten();
    let is_staff = people::staff(db)?.iter().any(|one| one.id == session.member);
    Ok(scene.map(|scene| against(&scene, badge.as_ref(), is_staff, session.started_at)).unwrap_or_default())
}

/// The same, of plain values.
fn against(scene: &Scene, badge: Option<&Badge>, is_staff: bool, began: Instant) -> Vec<Against> {
    let Scene { policy, lockout, .. } = scene;
    let start = policy.without_server();
    let locked = lockout.as_ref().is_some_and(|lockout| lockout.at <= began);
    let over = badge.is_some_and(|badge| {
        badge.until.is_some_and(|end| end <= began)
            || badge.revoked.as_ref().is_some_and(|(at, _)| *at <= began)
    });
    let all = [
        (start == NewStart::Deny, Against::StartNeedsServer),
        (start == NewStart::StaffOnly && !is_staff, Against::StaffOnly),
        (policy.wants_second_factor(), Against::SecondFactorMissing),
        (policy.supervision != Supervision::None, Against::SupervisorMissing),
        (locked, Against::LockedOut),
        (over, Against::BadgeRevoked),
    ];
    all.into_iter().filter_map(|(is, what)| is.then_some(what)).collect()
}

/// The session as it is kept: what was against it ends it with its next lease.
#[must_use]
pub fn shortened(session: PowerSession, against: &[Against], now: Instant) -> PowerSession {
    match against.last() {
        Some(last) => PowerSession { until: session.until.min(now), bound: Some(last.gate()), ..session },
        None => session,
    }
}

/// Says loudly what was against it; nothing where nothing was.
pub fn tell(db: &mut Db, session: &PowerSession, against: &[Against], now: Instant) -> Result<()> {
    if against.is_empty() {
        return Ok(());
    }
    for one in against {
        let why: &'static str = one.into();
        metrics::counter!("etabli_starts_against_policy_total", "why" => why).increment(1);
    }
    let event = Event {
        at: now,
        kind: "started_against_policy",
        machine: Some(session.machine),
        session: Some(session.id),
        controller: session.controller,
        member: Some(session.member),
        data: json!({ "started_at": session.started_at, "against": against }),
    };
    log::append(db, event)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Against, Instant, NewStart, Scene, Supervision, against};
    use crate::{
        access::lockout::Lockout,
        kernel::{Id, Name},
        machines::{MachineName, PowerPolicy},
        power::LockClass,
    };

    const BEGAN: &str = "2026-03-03T10:00:00Z";

    fn scene(policy: PowerPolicy, locked_at: Option<&str>) -> Scene {
        let machine = Id::new();
        let lockout = locked_at.map(|at| Lockout {
            id: Id::new(),
            machine,
            class: LockClass::Defect,
            reason: None,
            by: None,
            controller: None,
            at: at.parse().unwrap(),
            cleared_at: None,
        });
        let name = Name { fr: "Scie".into(), en: "Saw".into() };
        Scene {
            machine: MachineName { id: machine, slug: "scie".into(), name },
            outage: None,
            policy,
            session: None,
            lockout,
            plug_answers: None,
        }
    }

    fn listed() -> PowerPolicy {
        PowerPolicy { link_loss_start: NewStart::AllowList, ..PowerPolicy::default() }
    }

    #[rstest]
    #[case::as_it_should_be(listed(), None, &[])]
    #[case::denied(PowerPolicy::default(), None, &[Against::StartNeedsServer])]
    #[case::staff_only(PowerPolicy { link_loss_start: NewStart::StaffOnly, ..listed() }, None, &[Against::StaffOnly])]
    #[case::a_saw(PowerPolicy { risk_class: 3, ..listed() }, None,
        &[Against::StartNeedsServer, Against::SecondFactorMissing])]
    #[case::alone(PowerPolicy { supervision: Supervision::Buddy, ..listed() }, None,
        &[Against::StartNeedsServer, Against::SupervisorMissing])]
    #[case::locked_before(listed(), Some("2026-03-03T09:00:00Z"), &[Against::LockedOut])]
    #[case::locked_since(listed(), Some("2026-03-03T10:00:01Z"), &[])]
    fn what_the_house_would_not_have_let_is_named(
        #[case] policy: PowerPolicy,
        #[case] locked_at: Option<&str>,
        #[case] expected: &[Against],
    ) {
        let began: Instant = BEGAN.parse().unwrap();
        assert_eq!(against(&scene(policy, locked_at), None, false, began), expected);
    }
}
