//! JSON: [`sessions`] (what is asked of them in [`ins`]), [`affected`], [`enrolments`]. What they answer stands with the
//! nouns, in `training::api::out`.

pub mod affected;
pub mod enrolments;
pub mod ins;
pub mod sessions;
