//! Rows and queries: [`trainings`], [`sessions`], [`enrolments`], [`certifications`].

pub mod certifications;
pub mod enrolments;
pub mod sessions;
pub mod trainings;
