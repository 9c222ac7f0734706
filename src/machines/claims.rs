//! Who holds a machine when. Claims are written in one place; the database forbids two of them to meet.

use serde::Serialize;
use strum::{EnumString, IntoStaticStr};
use uuid::Uuid;

use crate::kernel::{MachineId, MemberId, Period};

pub use super::store::claims::{
    LONGEST, ahead, crowd, in_workshop, in_workshops, insert, on_machine, on_machines, release, renew, shift,
    touch,
};

/// Why a machine is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// A member booked it.
    Reservation,
    /// A safety training is given on it.
    TrainingSession,
    /// A group booked it.
    GroupSession,
    /// It is being looked after.
    Maintenance,
    /// It is kept for somebody who may still say yes.
    Offer,
}

/// A live hold on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The machine.
    pub machine: MachineId,
    /// When it is used.
    pub period: Period,
    /// When it is held: the use and the clean-up after it.
    pub hold: Period,
    /// Why.
    pub kind: Kind,
    /// What it is held for: the identifier of the reservation, the group session, the maintenance.
    pub holder: Uuid,
    /// The member who uses it, if one does.
    pub member: Option<MemberId>,
    /// How many people stand in the workshop meanwhile; none beside a machine that runs alone.
    pub people: i32,
}
