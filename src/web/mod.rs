//! The door: how requests come in and answers go out.
//!
//! Read in this order: [`error`] and [`problem`] (saying no), [`localize`] and [`reader`] (in whose language),
//! [`json`], [`query`], [`path`] and [`check`] (what comes in), [`answer`], [`links`], [`page`] and [`etag`] (what
//! goes out), [`csrf`], [`idempotency`] and [`limits`] (manners of clients), [`door`], [`headers`], [`measure`],
//! [`span`], [`panic`] and [`fallback`] (around everything), [`openapi`], [`reference`] and [`health`].
//!
//! Invariants: every refusal leaves as `application/problem+json` (RFC 9457), rendered in one place; a fault is
//! logged once with its request id and never shown; no query string, address or token is ever logged; the
//! rules of the lab are elsewhere.

pub mod answer;
pub mod check;
pub mod csrf;
pub mod door;
pub mod error;
pub mod etag;
pub mod fallback;
pub mod headers;
pub mod health;
pub mod idempotency;
pub mod json;
mod json_error;
pub mod limits;
pub mod links;
pub mod localize;
pub mod measure;
pub mod openapi;
pub mod page;
pub mod panic;
pub mod path;
pub mod problem;
pub mod problems;
pub mod query;
pub mod reader;
pub mod reference;
pub mod span;

pub use answer::{accepted, created, no_content, not_kept, ok};
pub use check::{Check, Fields};
pub use etag::{IfMatch, Tag};
pub use json::{Json, MaybeJson};
pub use links::Links;
pub use page::{page, page_request};
pub use path::Path;
pub use problem::Problem;
pub use query::Query;
pub use reader::Reader;
