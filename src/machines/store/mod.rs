//! Rows and queries of the room.

pub mod affected;
pub mod affected_sessions;
pub mod claims;
mod machines;
mod policies;
mod trainings;
mod workshops;

pub use machines::{
    OutageRow, find, get, get_by_id, get_to_change, hold_still, insert, key, list, names, page, slugs, unkey,
    update,
};
pub use policies::{PolicyRow, policies, policy, put_policy};
pub use trainings::{MachineTraining, find_trainings, require, required_trainings, requiring};
pub use workshops::{
    find_workshop, get_workshop, get_workshop_by_id, get_workshop_to_change, hold_workshops_still,
    insert_workshop, list_workshops, named_workshop, update_workshop,
};
