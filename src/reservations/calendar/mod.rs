//! What is open, busy and free, day by day. No names: everybody may look.
//!
//! Read [`asked`] (the question), [`view`] (pure: facts become days) with [`mine`]
//! (which of the free time one member may take), [`read`](mod@read) (which facts, in a constant
//! number of statements), [`versions`] and [`cache`] (the same question at the same versions is answered from memory).

pub mod asked;
pub mod cache;
pub mod mine;
pub mod read;
mod store;
pub mod versions;
pub mod view;

pub use asked::{Asked, Calendar, Which};
pub use cache::Kept;
pub use read::read;
