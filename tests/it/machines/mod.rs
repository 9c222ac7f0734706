//! The room of machines, through HTTP.

mod hours;
mod meanwhile;
mod versions;
