//! Rows and queries of the room.

pub mod approvals;
pub mod badges;
pub mod chains;
pub mod controllers;
pub mod events;
pub mod house;
pub mod keys;
pub mod lists;
pub mod lockouts;
pub mod nonces;
pub mod outputs;
pub mod pins;
pub mod scans;
pub mod scenes;
pub mod sessions;
pub mod tags;
pub mod upkeep;
