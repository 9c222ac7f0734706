//! The room of trainings, through HTTP.

mod certifications;
mod defining;
mod last_seat;
mod results;
mod sessions;
mod waiting;
