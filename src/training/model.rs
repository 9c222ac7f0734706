//! Trainings, their dated sessions, who sits in them, and what members hold afterwards.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::kernel::{
    CertificationId, EnrolmentId, Exception, Instant, MemberId, Name, Period, TrainingId, TrainingSessionId,
};

/// A safety training: what one must hold before touching certain machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// Its identifier.
    pub id: TrainingId,
    /// Its readable name in addresses: `securite-bois`.
    pub slug: String,
    /// Its name for people.
    pub name: Name,
    /// How many months a certification holds; for ever where nothing is said.
    pub valid_months: Option<i32>,
    /// Grows with each change.
    pub version: i64,
}

/// A dated session of one training, with seats and a trainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identifier.
    pub id: TrainingSessionId,
    /// What is taught.
    pub training: TrainingId,
    /// Who teaches.
    pub trainer: MemberId,
    /// When.
    pub period: Period,
    /// Where, if it is not the lab itself that says it.
    pub place: Option<String>,
    /// How many learners at most.
    pub seats: i32,
    /// How many seats are given; never more than `seats`, by a constraint of the database.
    pub taken: i32,
    /// Since when it is called off.
    pub cancelled_at: Option<Instant>,
    /// Gates that staff let pass for it.
    pub exception: Option<Exception>,
    /// Grows with each change, enrolments included; also the sequence number of its invitations.
    pub version: i64,
}

impl Session {
    /// Seats still to be had.
    #[must_use]
    pub const fn seats_left(&self) -> i32 {
        self.seats - self.taken
    }

    /// Whether one can still join or leave: neither called off nor begun.
    #[must_use]
    pub fn is_open(&self, now: Instant) -> bool {
        self.cancelled_at.is_none() && now < self.period.start()
    }
}

/// Where somebody is expected: a session they teach, or have a seat in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    /// Which session.
    pub session: TrainingSessionId,
    /// When.
    pub period: Period,
    /// Whether they teach it.
    pub teaches: bool,
}

/// One member in one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Its identifier.
    pub id: EnrolmentId,
    /// Which session.
    pub session: TrainingSessionId,
    /// Who.
    pub member: MemberId,
    /// How it stands.
    pub state: EnrolmentState,
    /// When they asked: the order of the waiting list.
    pub created_at: Instant,
}

/// A place in a session, or in its waiting list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The enrolment.
    pub enrolment: Enrolment,
    /// The place in the waiting list, from 1.
    pub position: Option<i64>,
}

/// How an enrolment stands.
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
pub enum EnrolmentState {
    /// Has a seat.
    Enrolled,
    /// Waits for one.
    Waiting,
    /// Gave it back.
    Cancelled,
    /// Came and passed.
    Passed,
    /// Came, or did not, and has not passed.
    Failed,
}

/// "This member holds this training until then." Never deleted; a renewal is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certification {
    /// Its identifier.
    pub id: CertificationId,
    /// Who holds it.
    pub member: MemberId,
    /// What for.
    pub training: TrainingId,
    /// Who gave it.
    pub given_by: Option<MemberId>,
    /// When it was given.
    pub given_at: Instant,
    /// The last local day it holds; for ever where nothing is said.
    pub valid_until: Option<NaiveDate>,
    /// What the trainer wrote.
    pub note: Option<String>,
    /// The session it comes from.
    pub session: Option<TrainingSessionId>,
    /// How it stands.
    pub state: CertificationState,
    /// Why it stands so.
    pub state_reason: Option<String>,
    /// Who put it so.
    pub state_by: Option<MemberId>,
    /// Since when it stands so; nothing while nobody touched it.
    pub state_at: Option<Instant>,
}

/// How a certification stands; time passing is not a state.
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
pub enum CertificationState {
    /// Counts, until its last day.
    Valid,
    /// Does not count until somebody lifts the suspension.
    Suspended,
    /// Never counts again.
    Revoked,
}

/// Whether somebody holds a training on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Holds it.
    Held,
    /// Was never given it, or it was revoked.
    Missing,
    /// Held it, until and including this day.
    Expired {
        /// The last day it held.
        on: NaiveDate,
    },
    /// Would hold it, were it not suspended.
    Suspended,
}
