//! The PIN of a member: why it is kept the way it is stands in [`proof`](super::proof).

use chrono::TimeDelta;

use super::{badge::BadgeKey, store};
use crate::{
    kernel::{Instant, MemberId, Result},
    store::Db,
};

/// After so many wrong tries in a row nobody gets another for a while.
const TRIES: i32 = 5;
/// For how long.
const SHUT: TimeDelta = TimeDelta::minutes(15);

/// A PIN as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    /// The HMAC of it and of whose it is.
    pub code: [u8; 32],
    /// Wrong tries in a row.
    pub failures: i32,
    /// Until when no try counts.
    pub shut_until: Option<Instant>,
}

/// What came of a PIN that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Tried {
    /// It is the member's.
    Right,
    /// It is not.
    Wrong,
    /// It was wrong too often: for a while none counts.
    Shut,
    /// The member has chosen none.
    Unset,
}

impl Pin {
    /// What is known after a try, and what came of it. While it is shut, nothing is right.
    ///
    /// ```
    /// use etabli::{access::pins::{Pin, Tried}, kernel::Instant};
    /// let now: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
    /// let mut pin = Pin { code: [1; 32], failures: 0, shut_until: None };
    /// for expected in [Tried::Wrong, Tried::Wrong, Tried::Wrong, Tried::Wrong, Tried::Shut] {
    ///     let (after, tried) = pin.tried(&[2; 32], now);
    ///     assert_eq!(tried, expected);
    ///     pin = after;
    /// }
    /// assert_eq!(pin.tried(&[1; 32], now).1, Tried::Shut, "though it is right");
    /// let later = now + chrono::TimeDelta::minutes(15);
    /// assert_eq!(pin.tried(&[1; 32], later), (Pin { code: [1; 32], failures: 0, shut_until: None }, Tried::Right));
    /// ```
    #[must_use]
    pub fn tried(self, code: &[u8; 32], now: Instant) -> (Self, Tried) {
        if self.shut_until.is_some_and(|until| now < until) {
            return (self, Tried::Shut);
        }
        // Every byte is looked at, so that the time it takes tells nothing.
        let differences = self.code.iter().zip(code).fold(0, |all, (one, other)| all | (one ^ other));
        if differences == 0 {
            return (Self { failures: 0, shut_until: None, ..self }, Tried::Right);
        }
        let failures = self.failures + 1;
        if failures < TRIES {
            return (Self { failures, shut_until: None, ..self }, Tried::Wrong);
        }
        (Self { failures: 0, shut_until: Some(now + SHUT), ..self }, Tried::Shut)
    }
}

/// Chooses a PIN: 4 to 8 digits.
pub fn choose(db: &mut Db, key: &BadgeKey, member: MemberId, pin: &str, now: Instant) -> Result<()> {
    let chosen = Pin { code: code(key, member, pin), failures: 0, shut_until: None };
    store::pins::put(db, member, &chosen, now)
}

/// What comes of the PIN that was typed; counts what is wrong.
pub fn typed(db: &mut Db, key: &BadgeKey, member: MemberId, pin: &str, now: Instant) -> Result<Tried> {
    let Some(before) = store::pins::find(db, member)? else { return Ok(Tried::Unset) };
    let (after, tried) = before.tried(&code(key, member, pin), now);
    // Of tries at the same moment one counts, and the others were none.
    let counted = after == before || store::pins::count(db, member, (&before, &after))?;
    Ok(if counted || tried != Tried::Right { tried } else { Tried::Wrong })
}

fn code(key: &BadgeKey, member: MemberId, pin: &str) -> [u8; 32] {
    let mut bytes = member.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(pin.as_bytes());
    key.seal("pin", &bytes)
}
