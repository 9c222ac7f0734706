//! JSON: [`sessions`] (what is asked of them in [`ins`]), [`enrolments`]. What they answer stands with the nouns, in
//! `training::api::out`.

pub mod enrolments;
pub mod ins;
pub mod sessions;
