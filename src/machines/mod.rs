//! Workshops, machines, their booking rules and state, and who holds a machine when.
//!
//! Read [`model`], [`rules`], then [`store`] (workshops and machines), [`claims`] (who holds what), and the verbs:
//! [`edit`], [`change_state`], [`close`], [`change_hours`], [`set_policy`] (with [`policy`]: how a machine is
//! switched on); [`api`] last.
//!
//! Invariants: a machine is held through [`claims`] and nowhere else, and the database forbids two claims of one
//! machine to meet, clean-up buffers included. Every change of a claim or a state raises the machine's
//! `calendar_version`. A change that hurts reservations or training sessions names them and leaves them to the
//! staff's decision.
//! Deliberately absent: deleting a machine. Its history must stay readable; lock it instead.

pub mod affected;
pub mod affected_sessions;
pub mod api;
pub mod change_hours;
pub mod change_state;
pub mod claims;
pub mod close;
pub mod edit;
pub mod free;
pub mod model;
pub mod policy;
pub mod rules;
pub mod set_policy;
pub mod store;

pub use affected::{Affected, ahead_of_member};
pub use affected_sessions::AffectedSession;
pub use model::{Machine, MachineName, Outage, Rules, State, Workshop};
pub use policy::PowerPolicy;
pub use store::{get, get_by_id, list, policies, policy as power_policy, requiring};
