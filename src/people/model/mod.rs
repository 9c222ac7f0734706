//! The nouns of this room.

mod audience;
mod house;
mod member;
mod membership;
mod roles;
mod session;
mod standing;

pub use audience::Audience;
pub use house::House;
pub use member::{Consent, Contact, Details, Member, Suspension};
pub use membership::{Membership, Plan, Terms};
pub use roles::{Role, Roles};
pub use session::{Purpose, Session, SignedIn};
pub use standing::{Held, Rights, Standing};
