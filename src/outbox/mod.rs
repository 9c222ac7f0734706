//! Letters waiting to leave, and the worker that delivers them.
//!
//! Read in this order: [`model`] (what a room hands in), [`calendar`] (invitations), [`post`] (into the outbox),
//! [`layout`] (words become a text and a page), [`message`] (they become a mail), [`mailer`] (who takes mails),
//! [`rules`] (when to try again), [`deliver`] (the worker), [`retry`] and [`api`] (what staff see and do).
//!
//! Invariants:
//! - A letter is posted in the transaction of the thing it speaks of: there is no booking without its letter, and no
//!   letter without its booking. No fault of mail ever reaches the request of a member.
//! - Delivery is at least once. A letter that leaves twice has the same Message-ID, made of its own identifier and
//!   the sender's domain, and the same `Date`.
//! - Posting is cheap, because it happens on the only thread that writes: a letter is kept as a few sentences and
//!   facts. Links get the server's address, the invitation its organizer, and all of it its HTML when it leaves.
//! - A link that holds a token is shown to nobody but its reader, and is forgotten once the letter is sent.
//! - The addresses of people stay out of the log.
//!
//! Deliberately absent: bounces that come back later as mails, opt-outs (every letter is about something the reader
//! did), DKIM (the relay signs).

pub mod api;
pub mod calendar;
pub mod deliver;
pub mod layout;
pub mod mailer;
pub mod message;
pub mod model;
pub mod post;
pub mod retry;
pub mod rules;

mod store;

pub use deliver::{Bell, Courier};
pub use mailer::Mailer;
pub use model::{Addressee, Letter, NewLetter, State};
pub use post::post;
