//! Machine access through HTTP.

mod desk;
mod figures;
mod fuzzing;
mod keys;
mod leasing;
mod no_shows;
mod pairing;
mod phoning;
mod scanning;
mod signing;
mod simulated;
mod staff_lists;
mod standing;
mod telling;
mod vectors;
