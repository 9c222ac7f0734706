//! The room of machines, through HTTP.

mod hours;
mod hurting;
mod meanwhile;
mod once;
mod versions;
