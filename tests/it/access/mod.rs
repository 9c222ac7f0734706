//! Machine access through HTTP.

mod afterwards;
mod against;
mod crowded;
mod desk;
mod figures;
mod flooding;
mod fuzzing;
mod keys;
mod leasing;
mod letting_go;
mod lists;
mod lockouts;
mod no_shows;
mod pairing;
mod phoning;
mod racing;
mod scanning;
mod signing;
mod simulated;
mod staff_lists;
mod standing;
mod stolen;
mod telling;
mod two;
mod used;
mod vectors;
