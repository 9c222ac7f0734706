//! The nouns of the room.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::{
    gates::Accepted,
    kernel::{Exception, Instant, MachineId, MemberId, Period, ReservationId},
    machines::{
        MachineName,
        claims::{Claim, Kind},
    },
    people::Contact,
    web::etag::{self, Tag},
};

/// A booking and its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// Its identifier; also the holder of its claim and the `UID` of its invitation.
    pub id: ReservationId,
    /// The machine.
    pub machine: MachineId,
    /// Who uses it.
    pub member: MemberId,
    /// When.
    pub period: Period,
    /// How far its story has come, as stored; see [`Reservation::seen`].
    pub state: State,
    /// What the member wrote beside it.
    pub note: Option<String>,
    /// Who made it: the member, or staff.
    pub created_by: MemberId,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last moved.
    pub moved_at: Option<Instant>,
    /// `SEQUENCE` of its invitation (RFC 5546): grows with every change.
    pub sequence: i32,
    /// When, by whom and why it was cancelled.
    pub cancelled: Option<Cancelled>,
    /// Gates that staff let pass.
    pub exception: Option<Exception>,
    /// Grows with every change.
    pub version: i64,
}

/// How a reservation ended early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancelled {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: MemberId,
    /// Why, where somebody said.
    pub reason: Option<String>,
}

/// How far the story of a reservation has come.
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
#[schema(as = ReservationState)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum State {
    /// It will take place, or does.
    Confirmed,
    /// Somebody cancelled it.
    Cancelled,
    /// Nobody came, and the place was given back.
    Released,
    /// Its member came and switched the machine on.
    Used,
    /// It is over, and nobody recorded more. Never stored: time makes it.
    Past,
}

/// A reservation with the names that people read beside it.
#[derive(Debug, Clone)]
pub struct Booked {
    /// The reservation.
    pub reservation: Reservation,
    /// The machine.
    pub machine: MachineName,
    /// Who uses it.
    pub member: Contact,
}

impl Booked {
    /// The tag of this version at this instant, for `ETag` and `If-Match`: of the reservation, and of the names that are
    /// told with it and change without it.
    #[must_use]
    pub fn tag(&self, now: Instant) -> Tag {
        let (of, machine) = (&self.reservation, &self.machine);
        let seen: &'static str = of.seen(now).into();
        let (fr, en, member) = (&machine.name.fr, &machine.name.en, &self.member.display_name);
        etag::tag(&[&of.id, &of.version, &seen, &machine.slug, fr, en, member])
    }
}

impl Reservation {
    /// Its state at this instant: a confirmed one becomes past when it is over.
    #[must_use]
    pub fn seen(&self, now: Instant) -> State {
        if self.state == State::Confirmed && self.period.end() <= now { State::Past } else { self.state }
    }

    /// When its member last heard of its time.
    #[must_use]
    pub fn settled_at(&self) -> Instant {
        self.moved_at.unwrap_or(self.created_at)
    }

    /// What it holds once the gates have accepted it.
    #[must_use]
    pub fn claim(&self, accepted: &Accepted) -> Claim {
        Claim {
            machine: self.machine,
            period: accepted.period(),
            hold: accepted.hold(),
            kind: Kind::Reservation,
            holder: self.id.uuid(),
            member: Some(self.member),
            people: accepted.people(),
        }
    }
}
