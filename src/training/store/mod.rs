//! Rows and queries: [`trainings`], [`sessions`], [`enrolments`], [`certifications`].

pub(super) mod certifications;
pub(super) mod enrolments;
pub(super) mod sessions;
pub(super) mod trainings;
