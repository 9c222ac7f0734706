//! Machine access through HTTP.

mod desk;
mod figures;
mod fuzzing;
mod keys;
mod leasing;
mod no_shows;
mod pairing;
mod scanning;
mod signing;
mod simulated;
mod telling;
mod vectors;
