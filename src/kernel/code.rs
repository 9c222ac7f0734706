//! Every code the house answers with, in one table.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A stable code of something the house says no to.
///
/// The order is a rule: where several gates refuse at once, the first of them by this order gives the answer
/// its status and its code (`domain.md`, table of gates). Clients lean on the names; they never change.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
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
#[expect(
    missing_docs,
    reason = "each code has its sentence in locales/*/refusals.ftl and its line in docs/API.md"
)]
pub enum Code {
    // The gates of the rule book.
    LabClosed,
    MachineOutOfService,
    MachineTaken,
    WorkshopFull,
    MemberElsewhere,
    PeriodInPast,
    TooSoon,
    TooFar,
    PeriodMisaligned,
    TooShort,
    TooLong,
    EmailUnconfirmed,
    AccountSuspended,
    CharterUnsigned,
    MembershipMissing,
    TrainingMissing,
    TrainingExpired,
    TrainingSuspended,
    TooYoung,
    GuardianConsentMissing,
    SupervisionRequired,
    QuotaExceeded,
    // The gates of a badge at a machine.
    BadgeUnknown,
    BadgeRevoked,
    ReservationMissing,
    ReservedForOther,
    MachineInUse,
    MachineOffline,
    LockedOut,
    SecondFactorMissing,
    SupervisorMissing,
    // What a request may get wrong.
    MalformedRequest,
    InvalidRequest,
    UnknownField,
    InvalidPeriod,
    UnsupportedMediaType,
    BodyTooLarge,
    MethodNotAllowed,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    IdempotencyKeyReused,
    IdempotencyInProgress,
    // Who is asking.
    Unauthenticated,
    WrongCredentials,
    Forbidden,
    CsrfTokenMissing,
    TokenInvalid,
    TooManyTries,
    // Which controller is asking.
    SignatureInvalid,
    ControllerUnknown,
    ClockSkew,
    NonceUsed,
    ControllerWaiting,
    ControllerRevoked,
    MachineNotBound,
    // Rules of single rooms.
    EmailTaken,
    SlugTaken,
    ClosureExists,
    MembershipExists,
    LastAdmin,
    OverrideNotAllowed,
    TooLateToCancel,
    ReservationOver,
    AlreadyEnrolled,
    NotEnrolled,
    SessionOver,
    TrainerBusy,
    TrainerMissing,
    CertificationOver,
    LetterNotRetryable,
    PairingCodeTaken,
    BadgeTaken,
    BadgeNeeded,
    PlugInUse,
    // What is nobody's fault out there.
    Overloaded,
    InternalError,
}

impl Code {
    /// The code as it stands on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether it is a gate of the rule book.
    #[must_use]
    pub fn is_gate(self) -> bool {
        self <= Self::SupervisorMissing
    }

    /// The HTTP status that goes with it.
    #[must_use]
    #[rustfmt::skip] // A code on each line would be a page of names.
    pub const fn status(self) -> u16 {
        match self {
            Self::MalformedRequest => 400,
            Self::Unauthenticated | Self::WrongCredentials | Self::SignatureInvalid | Self::ControllerUnknown
                | Self::ClockSkew | Self::NonceUsed => 401,
            Self::EmailUnconfirmed | Self::AccountSuspended | Self::CharterUnsigned | Self::MembershipMissing
                | Self::TrainingMissing | Self::TrainingExpired | Self::TrainingSuspended | Self::TooYoung
                | Self::GuardianConsentMissing | Self::BadgeUnknown | Self::BadgeRevoked
                | Self::ReservationMissing | Self::SecondFactorMissing | Self::SupervisorMissing
                | Self::Forbidden | Self::CsrfTokenMissing | Self::ControllerWaiting | Self::ControllerRevoked
                | Self::MachineNotBound | Self::OverrideNotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::MachineOutOfService | Self::MachineTaken | Self::WorkshopFull | Self::MemberElsewhere
                | Self::ReservedForOther | Self::MachineInUse | Self::MachineOffline | Self::LockedOut
                | Self::IdempotencyInProgress | Self::EmailTaken | Self::SlugTaken | Self::ClosureExists
                | Self::MembershipExists | Self::LastAdmin
                | Self::TooLateToCancel | Self::ReservationOver | Self::AlreadyEnrolled | Self::NotEnrolled
                | Self::SessionOver | Self::TrainerBusy | Self::TrainerMissing | Self::CertificationOver | Self::LetterNotRetryable
                | Self::PairingCodeTaken | Self::BadgeTaken | Self::BadgeNeeded | Self::PlugInUse => 409,
            Self::PreconditionFailed => 412,
            Self::BodyTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::PreconditionRequired => 428,
            Self::LabClosed | Self::PeriodInPast | Self::TooSoon | Self::TooFar | Self::PeriodMisaligned
                | Self::TooShort | Self::TooLong | Self::SupervisionRequired | Self::QuotaExceeded
                | Self::InvalidRequest | Self::UnknownField | Self::InvalidPeriod | Self::IdempotencyKeyReused
                | Self::TokenInvalid => 422,
            Self::TooManyTries => 429,
            Self::InternalError => 500,
            Self::Overloaded => 503,
        }
    }
}
