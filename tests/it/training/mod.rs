//! The room of trainings, through HTTP.

mod affected;
mod certifications;
mod defining;
mod elsewhere;
mod hurt;
mod last_seat;
mod machines;
mod reminding;
mod results;
mod seats;
mod sessions;
mod waiting;
