//! Machine access through HTTP.

mod keys;
mod pairing;
mod signing;
