//! Who switches which machine on: controllers, badges, power sessions.
//!
//! Read in this order: [`model`] (nouns), [`rules`] (pure decisions), [`caller`] (the extractor that proves that a
//! paired controller is speaking), [`mod@frame`] (what it says); what happens to controllers: [`pair`], [`accept`], [`change`], [`revoke`],
//! [`rotate`], [`tell`], [`verify`] (whether all they told is there), [`forget`], [`secrets`] (the keys of the house).
//! What people show and what it does: [`badge`], [`session`], [`lockout`] (nouns), [`ask`](mod@ask) (the rule book),
//! [`scan`](mod@scan), [`proof`], [`pins`], [`sun`] (cards that sign), [`tags`] (what stands on lists) and
//! [`approve`](mod@approve) (the second factor), [`phone`] (without a badge), [`start`], [`renew`],
//! [`finish`](mod@finish), [`heartbeat`](mod@heartbeat), [`hello`](mod@hello), [`notice`](mod@notice) (what relays do),
//! [`lock`], [`release`], [`watch`], [`badges`] (give, take back), [`read`], [`standing`] (what people see), [`usage`]
//! and [`attend`] (hours and services), [`letters`]; without the server: [`allow`] (lists) and [`adopt`](mod@adopt)
//! (what they let in), [`against`](mod@against) (what they should not have); [`api`] and [`pages`] last.
//!
//! Invariants:
//! - Nothing is trusted on first use: a controller acts after staff have accepted it by the code on its display, on the
//!   machines they named, and on no others.
//! - Whatever a controller asks is signed over the bytes as they came, inside a window of time, and works once: its
//!   nonce is used up in the same transaction as what it does.
//! - A key that was revoked or replaced never works again.
//! - A machine has one open session, by an index of the database. The verdict is `gates::review` of the session's own
//!   period; this room only knows who stands there. Whatever is granted has an end.
//! - Of a card only an HMAC of its number is kept. A lockout holds until staff take it back.

pub mod accept;
pub mod adopt;
pub mod against;
pub mod allow;
pub mod api;
pub mod approve;
pub mod ask;
pub mod attend;
pub mod badge;
pub mod badges;
pub mod caller;
pub mod change;
pub mod finish;
pub mod forget;
pub mod frame;
pub mod heartbeat;
pub mod hello;
pub mod letters;
pub mod lock;
pub mod lockout;
pub mod model;
pub mod notice;
pub mod pages;
pub mod pair;
pub mod phone;
pub mod pins;
pub mod proof;
pub mod read;
pub mod release;
pub mod renew;
pub mod revoke;
pub mod rotate;
pub mod rules;
pub mod scan;
pub mod secrets;
pub mod session;
pub mod standing;
pub mod start;
pub mod sun;
pub mod tags;
pub mod tell;
pub mod usage;
pub mod verify;
pub mod watch;

mod store;

pub use badge::BadgeKey;
pub use caller::Controller;
pub use model::Device;
pub use secrets::Secrets;
