//! What tests need around the house.

pub mod smtp;
