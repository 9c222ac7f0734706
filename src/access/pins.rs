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

impl Pin {
    /// What is known after a try, and whether it was right. While it is shut, nothing is.
    ///
    /// ```
    /// use etabli::{access::pins::Pin, kernel::Instant};
    /// let now: Instant = "2026-03-03T10:00:00Z".parse().unwrap();
    /// let mut pin = Pin { code: [1; 32], failures: 0, shut_until: None };
    /// for _ in 0..5 {
    ///     let (after, right) = pin.tried(&[2; 32], now);
    ///     assert!(!right);
    ///     pin = after;
    /// }
    /// assert!(!pin.tried(&[1; 32], now).1, "shut");
    /// let later = now + chrono::TimeDelta::minutes(15);
    /// assert_eq!(pin.tried(&[1; 32], later), (Pin { code: [1; 32], failures: 0, shut_until: None }, true));
    /// ```
    #[must_use]
    pub fn tried(self, code: &[u8; 32], now: Instant) -> (Self, bool) {
        if self.shut_until.is_some_and(|until| now < until) {
            return (self, false);
        }
        // Every byte is looked at, so that the time it takes tells nothing.
        let differences = self.code.iter().zip(code).fold(0, |all, (one, other)| all | (one ^ other));
        if differences == 0 {
            return (Self { failures: 0, shut_until: None, ..self }, true);
        }
        let failures = self.failures + 1;
        if failures < TRIES {
            return (Self { failures, shut_until: None, ..self }, false);
        }
        (Self { failures: 0, shut_until: Some(now + SHUT), ..self }, false)
    }
}

/// Chooses a PIN: 4 to 8 digits.
pub fn choose(db: &mut Db, key: &BadgeKey, member: MemberId, pin: &str, now: Instant) -> Result<()> {
    let chosen = Pin { code: code(key, member, pin), failures: 0, shut_until: None };
    store::pins::put(db, member, &chosen, now)
}

/// Whether the PIN that was typed is the member's; counts what is wrong.
pub fn typed(db: &mut Db, key: &BadgeKey, member: MemberId, pin: &str, now: Instant) -> Result<bool> {
    let Some(before) = store::pins::find(db, member)? else { return Ok(false) };
    let (after, right) = before.tried(&code(key, member, pin), now);
    // Of tries at the same moment one counts, and the others were none.
    let counted = after == before || store::pins::count(db, member, (&before, &after))?;
    Ok(right && counted)
}

fn code(key: &BadgeKey, member: MemberId, pin: &str) -> [u8; 32] {
    let mut bytes = member.uuid().as_bytes().to_vec();
    bytes.extend_from_slice(pin.as_bytes());
    key.seal("pin", &bytes)
}
