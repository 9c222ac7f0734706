//! Machine access through HTTP.

mod fuzzing;
mod keys;
mod pairing;
mod scanning;
mod signing;
mod telling;
