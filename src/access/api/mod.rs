//! Controllers over HTTP: what staff do with them, and what they say themselves.

pub mod badges;
pub mod controllers;
pub mod desk;
pub mod events;
pub mod figures;
pub mod keys;
pub mod leases;
pub mod lists;
pub mod mine;
pub mod out;
pub mod pairings;
pub mod scans;
pub mod seen;
