//! What there are identifiers of. Rooms describe these things; here they are only told apart.

use super::Id;

/// Marks the identifier of a member.
#[derive(Debug)]
pub enum Member {}
/// Marks the identifier of a signed-in session.
#[derive(Debug)]
pub enum Session {}
/// Marks the identifier of a plan.
#[derive(Debug)]
pub enum Plan {}
/// Marks the identifier of a membership.
#[derive(Debug)]
pub enum Membership {}
/// Marks the identifier of a workshop.
#[derive(Debug)]
pub enum Workshop {}
/// Marks the identifier of a machine.
#[derive(Debug)]
pub enum Machine {}
/// Marks the identifier of a claim on a machine.
#[derive(Debug)]
pub enum Claim {}
/// Marks the identifier of a closure.
#[derive(Debug)]
pub enum Closure {}
/// Marks the identifier of a training.
#[derive(Debug)]
pub enum Training {}
/// Marks the identifier of a training session.
#[derive(Debug)]
pub enum TrainingSession {}
/// Marks the identifier of an enrolment.
#[derive(Debug)]
pub enum Enrolment {}
/// Marks the identifier of a certification.
#[derive(Debug)]
pub enum Certification {}
/// Marks the identifier of a reservation.
#[derive(Debug)]
pub enum Reservation {}
/// Marks the identifier of a letter.
#[derive(Debug)]
pub enum Letter {}
/// Marks the identifier of a power session: a machine on, for somebody, until some moment.
#[derive(Debug)]
pub enum PowerSession {}
/// Marks the identifier of a controller: a reader with a relay.
#[derive(Debug)]
pub enum Controller {}
/// Marks the identifier of a badge.
#[derive(Debug)]
pub enum Badge {}
/// Marks the identifier of a scan of a badge.
#[derive(Debug)]
pub enum Scan {}
/// Marks the identifier of a lockout of a machine.
#[derive(Debug)]
pub enum Lockout {}
/// Marks the identifier of a plug on MQTT.
#[derive(Debug)]
pub enum Plug {}

/// Identifies a member.
pub type MemberId = Id<Member>;
/// Identifies a signed-in session.
pub type SessionId = Id<Session>;
/// Identifies a plan.
pub type PlanId = Id<Plan>;
/// Identifies a membership.
pub type MembershipId = Id<Membership>;
/// Identifies a workshop.
pub type WorkshopId = Id<Workshop>;
/// Identifies a machine.
pub type MachineId = Id<Machine>;
/// Identifies a claim on a machine.
pub type ClaimId = Id<Claim>;
/// Identifies a closure.
pub type ClosureId = Id<Closure>;
/// Identifies a training.
pub type TrainingId = Id<Training>;
/// Identifies a training session.
pub type TrainingSessionId = Id<TrainingSession>;
/// Identifies an enrolment.
pub type EnrolmentId = Id<Enrolment>;
/// Identifies a certification.
pub type CertificationId = Id<Certification>;
/// Identifies a reservation.
pub type ReservationId = Id<Reservation>;
/// Identifies a letter.
pub type LetterId = Id<Letter>;
/// Identifies a power session.
pub type PowerSessionId = Id<PowerSession>;
/// Identifies a controller.
pub type ControllerId = Id<Controller>;
/// Identifies a badge.
pub type BadgeId = Id<Badge>;
/// Identifies a scan of a badge.
pub type ScanId = Id<Scan>;
/// Identifies a lockout of a machine.
pub type LockoutId = Id<Lockout>;
/// Identifies a plug on MQTT.
pub type PlugId = Id<Plug>;
