//! A machine that is on for somebody.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::kernel::{
    BadgeId, Code, ControllerId, Instant, MachineId, MemberId, PowerSessionId, ReservationId,
};

/// A power session: from the badge to the end.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerSession {
    /// Its identifier.
    pub id: PowerSessionId,
    /// The machine.
    pub machine: MachineId,
    /// For whom it is on.
    pub member: MemberId,
    /// By which badge.
    pub badge: Option<BadgeId>,
    /// At which controller.
    pub controller: Option<ControllerId>,
    /// Under which reservation.
    pub reservation: Option<ReservationId>,
    /// Who stands by.
    pub supervisor: Option<MemberId>,
    /// Since when.
    pub started_at: Instant,
    /// When it ends if nothing changes.
    pub until: Instant,
    /// The gate that ends it there; nothing where it has reached its own end.
    pub bound: Option<Code>,
    /// When its controller was last heard.
    pub heard_at: Instant,
    /// When and why it ended.
    pub ended: Option<(Instant, EndReason)>,
    /// What the machine's meter showed at its start and at its end, in watt hours.
    pub meter: (Option<f64>, Option<f64>),
}

impl PowerSession {
    /// Whether it runs at another controller than this one, or behind a plug at nobody's.
    #[must_use]
    pub fn is_elsewhere(&self, controller: ControllerId) -> bool {
        self.controller != Some(controller)
    }
}

/// Why a power session ended.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EndReason {
    /// The member showed the badge again.
    Badge,
    /// The member pressed the button.
    Button,
    /// Nothing had moved for a while.
    Idle,
    /// Its lease was not renewed: a gate does not pass any more.
    Lease,
    /// The reservation, or the longest session, was over.
    BookingEnd,
    /// The lab closed.
    Closing,
    /// Somebody locked the machine out.
    Lockout,
    /// The emergency stop was pressed.
    Emergency,
    /// The controller had lost its server.
    Link,
    /// The power had failed.
    Power,
    /// Somebody took over.
    Takeover,
    /// Staff ended it.
    Staff,
}

impl EndReason {
    /// Why a session ended, as its controller tells afterwards. A take-over may have happened there, without the server;
    /// what staff do happens here: where a controller says so, or nothing, or what is no reason, it had lost its server.
    ///
    /// ```
    /// use etabli::access::session::EndReason;
    /// assert_eq!(EndReason::told(Some("idle")), EndReason::Idle);
    /// assert_eq!(EndReason::told(Some("takeover")), EndReason::Takeover);
    /// for unheard in [None, Some("staff"), Some("boredom")] {
    ///     assert_eq!(EndReason::told(unheard), EndReason::Link);
    /// }
    /// ```
    #[must_use]
    pub fn told(word: Option<&str>) -> Self {
        let said = word.and_then(|word| word.parse().ok());
        said.filter(|said| *said != Self::Staff).unwrap_or(Self::Link)
    }

    /// Why a session that reached its end ended there.
    ///
    /// ```
    /// use etabli::{access::session::EndReason, kernel::Code};
    /// assert_eq!(EndReason::at(None), EndReason::BookingEnd);
    /// assert_eq!(EndReason::at(Some(Code::SupervisionRequired)), EndReason::Closing);
    /// assert_eq!(EndReason::at(Some(Code::ReservedForOther)), EndReason::BookingEnd);
    /// assert_eq!(EndReason::at(Some(Code::TrainingSuspended)), EndReason::Lease);
    /// ```
    #[must_use]
    pub fn at(bound: Option<Code>) -> Self {
        let closing = [Code::LabClosed, Code::SupervisionRequired];
        let others = [Code::MachineTaken, Code::ReservedForOther, Code::WorkshopFull, Code::MemberElsewhere];
        match bound {
            None => Self::BookingEnd,
            Some(code) if closing.contains(&code) => Self::Closing,
            Some(code) if others.contains(&code) => Self::BookingEnd,
            Some(Code::LockedOut) => Self::Lockout,
            Some(_) => Self::Lease,
        }
    }
}
