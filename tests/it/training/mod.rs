//! The room of trainings, through HTTP.

mod affected;
mod certifications;
mod defining;
mod elsewhere;
mod last_seat;
mod machines;
mod results;
mod sessions;
mod waiting;
