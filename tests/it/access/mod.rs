//! Machine access through HTTP.

mod keys;
mod pairing;
mod scanning;
mod signing;
