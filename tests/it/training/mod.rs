//! The room of trainings, through HTTP.

mod affected;
mod certifications;
mod defining;
mod last_seat;
mod results;
mod sessions;
mod waiting;
