//! Sessions, leases, lockouts, badges and machines as clients read them.

use serde::Serialize;

use crate::{
    access::{
        badge::Badge,
        heartbeat::Beaten,
        hello::Desired,
        lockout::Lockout,
        renew::Renewed,
        scan::Reason,
        session::{EndReason, PowerSession},
        standing::Scene,
    },
    kernel::{BadgeId, ControllerId, Instant, LockoutId, MachineId, MemberId, PowerSessionId, ReservationId},
    machines::PowerPolicy,
    power::{LockClass, PowerState},
};

/// A power session, as staff and its own member read it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PowerSessionOut {
    id: PowerSessionId,
    machine: MachineId,
    member: MemberId,
    controller: Option<ControllerId>,
    reservation: Option<ReservationId>,
    /// Who stands by.
    supervisor: Option<MemberId>,
    started_at: Instant,
    /// When it ends if nothing changes, or was to end.
    until: Instant,
    /// When its controller was last heard.
    heard_at: Instant,
    ended_at: Option<Instant>,
    reason: Option<EndReason>,
    /// What it drew, where the machine is measured.
    watt_hours: Option<f64>,
}

impl From<PowerSession> for PowerSessionOut {
    fn from(of: PowerSession) -> Self {
        let drawn = of.meter.0.zip(of.meter.1).map(|(from, to)| (to - from).max(0.0));
        Self {
            id: of.id,
            machine: of.machine,
            member: of.member,
            controller: of.controller,
            reservation: of.reservation,
            supervisor: of.supervisor,
            started_at: of.started_at,
            until: of.until,
            heard_at: of.heard_at,
            ended_at: of.ended.map(|(at, _)| at),
            reason: of.ended.map(|(_, reason)| reason),
            watt_hours: drawn,
        }
    }
}

/// The lease of a session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LeaseOut {
    session: PowerSessionId,
    /// What the machine should be.
    desired: OnOff,
    /// When to switch off, if nothing else is heard.
    until: Instant,
    /// When to say so on the display.
    warn_at: Instant,
    /// Why it is over, if it is.
    ended: Option<EndOut>,
    /// The words of this heartbeat that name no machine of the controller's own, and its fields that do not fit or are not
    /// known here: nothing was done about them.
    ignored: Vec<String>,
}

/// On or off.
#[derive(Debug, Clone, Copy, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnOff {
    /// Power.
    On,
    /// No power.
    Off,
}

/// The end of a session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EndOut {
    at: Instant,
    reason: EndReason,
    /// The gates that do not pass any more, in the member's language.
    reasons: Vec<Reason>,
}

impl LeaseOut {
    /// A lease, and the fields of its heartbeat that were passed over.
    pub(super) fn new(beaten: Beaten, passed_over: Vec<String>) -> Self {
        let Beaten { renewed: Renewed { session, contact, refusals }, ignored } = beaten;
        let reasons = refusals.iter().map(|refusal| Reason::new(refusal, contact.locale)).collect();
        Self {
            session: session.id,
            desired: if session.ended.is_some() { OnOff::Off } else { OnOff::On },
            until: session.until,
            warn_at: session.warn_at(),
            ended: session.ended.map(|(at, reason)| EndOut { at, reason, reasons }),
            ignored: ignored.into_iter().chain(passed_over).collect(),
        }
    }
}

/// A lockout.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LockoutOut {
    id: LockoutId,
    machine: MachineId,
    class: LockClass,
    reason: Option<String>,
    at: Instant,
}

impl From<Lockout> for LockoutOut {
    fn from(of: Lockout) -> Self {
        Self { id: of.id, machine: of.machine, class: of.class, reason: of.reason, at: of.at }
    }
}

/// What a machine should be, as its controller hears it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DesiredOut {
    slug: String,
    /// What the machine should be.
    desired: OnOff,
    /// The session that runs on it: it resumes by its identifier.
    session: Option<RunningOut>,
    /// The lockout that holds: latched until this is absent.
    lockout: Option<LockoutOut>,
    policy: PowerPolicy,
}

/// A session that a controller may resume.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RunningOut {
    id: PowerSessionId,
    until: Instant,
    warn_at: Instant,
    member_name: Option<String>,
}

impl From<Desired> for DesiredOut {
    fn from(of: Desired) -> Self {
        let Desired { scene, contact } = of;
        let running = scene.session.is_some() && scene.lockout.is_none();
        let session = scene.session.map(|session| RunningOut {
            id: session.id,
            until: session.until,
            warn_at: session.warn_at(),
            member_name: contact.map(|contact| contact.display_name),
        });
        Self {
            slug: scene.machine.slug,
            desired: if running { OnOff::On } else { OnOff::Off },
            session,
            lockout: scene.lockout.map(LockoutOut::from),
            // What a controller does with it, whatever was written down before the classes were heeded.
            policy: PowerPolicy { link_loss_start: scene.policy.without_server(), ..scene.policy },
        }
    }
}

/// What is going on at a machine, for everybody: never by whom.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PowerOut {
    /// Readable name of the machine.
    machine: String,
    /// `offline`, `fault`, `locked`, `free`, `reserved`, `starting`, `in_use`, `idle`, `to_check`.
    #[schema(example = "in_use")]
    state: &'static str,
    /// Why nobody may start it: somebody locked it out, or it is out of service (`maintenance`, `defect`).
    lockout: Option<LockClass>,
    /// When whoever uses it has to be done.
    until: Option<Instant>,
    /// The start of the reservation it is kept for.
    reserved_at: Option<Instant>,
}

impl PowerOut {
    /// The scene in public words.
    #[must_use]
    pub fn new(scene: &Scene, state: PowerState) -> Self {
        Self {
            machine: scene.machine.slug.clone(),
            state: state.into(),
            lockout: scene.barred(state),
            until: scene.session.as_ref().map(|session| session.until),
            reserved_at: if let PowerState::Reserved(at) = state { Some(at) } else { None },
        }
    }
}

/// A badge.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BadgeOut {
    id: BadgeId,
    member: MemberId,
    label: Option<String>,
    given_at: Instant,
    given_by: MemberId,
    /// The end of a temporary badge.
    until: Option<Instant>,
    /// Whether it is a card that signs.
    signs: bool,
    revoked_at: Option<Instant>,
    revoked_reason: Option<String>,
}

impl From<Badge> for BadgeOut {
    fn from(of: Badge) -> Self {
        let (revoked_at, revoked_reason) = of.revoked.unzip();
        Self {
            id: of.id,
            signs: of.card.is_some(),
            member: of.member,
            label: of.label,
            given_at: of.given_at,
            given_by: of.given_by,
            until: of.until,
            revoked_at,
            revoked_reason: revoked_reason.flatten(),
        }
    }
}
