//! The manners of the door, shown on a small house of things.

mod bodies;
mod description;
mod idempotency;
mod links;
mod marks;
mod methods;
mod ops;
mod problems;
mod things;
mod versions;
