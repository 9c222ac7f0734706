//! The words everything else is written in: identifiers, instants, periods, local days, addresses,
//! languages, and the two ways of saying no.
//!
//! Read in this order: [`id`], [`nouns`], [`instant`], [`period`], [`spans`], [`zone`], [`day_name`], [`locale`],
//! [`name`], [`patch`], [`email`], [`secret`], [`words`], [`code`], [`refusal`], [`error`], [`clock`], [`page`].
//!
//! Invariants: nothing here does I/O, knows a database or a web framework, or reads the clock (except
//! [`clock::SystemClock`], whose whole job it is). Every instant is UTC and cut to the microsecond;
//! every period is half-open and not empty.

pub mod clock;
pub mod code;
pub mod day_name;
pub mod email;
pub mod error;
pub mod exception;
pub mod id;
pub mod instant;
pub mod locale;
pub mod name;
pub mod nouns;
pub mod page;
pub mod patch;
pub mod period;
pub mod refusal;
pub mod secret;
pub mod spans;
pub mod words;
pub mod zone;

pub use clock::Clock;
pub use code::Code;
pub use email::EmailAddress;
pub use error::{Error, FieldError, Result};
pub use exception::Exception;
pub use id::Id;
pub use instant::Instant;
pub use locale::Locale;
pub use name::{Name, NamePatch};
pub use nouns::{
    BadgeId, CertificationId, ClaimId, ClosureId, ControllerId, EnrolmentId, LetterId, LockoutId, MachineId,
    MemberId, MembershipId, PlanId, PlugId, PowerSessionId, ReservationId, ScanId, SessionId, TrainingId,
    TrainingSessionId, WorkshopId,
};
pub use page::{Page, PageRequest};
pub use patch::Patch;
pub use period::Period;
pub use refusal::{Refusal, Remedy};
pub use words::Value;
pub use zone::{LocalDay, Zone};
