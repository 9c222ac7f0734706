//! The walls of the house: what its pages promise about its own shape, kept by reading the source.
//!
//! Read in this order: [`source`] (files as they are read), [`paths`] (who names whom), then the walls: [`sizes`],
//! [`layers`], [`arrows`], [`names`], [`words`] and [`sentences`] (both languages), [`codes`], [`tables`] and
//! [`schema`] (both databases), [`faults`] (tests that a page names). Every wall is also shown a house that breaks it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_docs,
    reason = "a test fails loudly"
)]

mod arrows;
mod asked;
mod calls;
mod codes;
mod faults;
mod layers;
mod names;
mod paths;
mod schema;
mod sentences;
mod shapes;
mod sizes;
mod source;
mod tables;
mod words;
