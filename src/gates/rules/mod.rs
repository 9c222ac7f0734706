//! One function for each gate: the case in, a refusal or nothing out.
//!
//! By theme: [`place`] (is there room, is it open), [`time`] (is the period well made), [`person`] (may this member),
//! [`skill`] (do they hold the trainings), [`share`] (have they had their share); [`badge`] (may a badge switch it on
//! now).

pub mod badge;
pub mod person;
pub mod place;
pub mod share;
pub mod skill;
pub mod time;
