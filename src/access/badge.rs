//! What members show at a machine.

use aes::{
    Aes256,
    cipher::{BlockDecrypt, BlockEncrypt, KeyInit},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::Secrets;
use crate::{
    gates::presence::Shown,
    kernel::{BadgeId, Instant, MemberId},
};

/// The key under which the numbers of cards are kept; the same for every instance of the house.
#[derive(Clone)]
pub struct BadgeKey([u8; 32]);

/// What is kept of a card's number: an HMAC-SHA256 of it, under a key of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print([u8; 32]);

/// A badge as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// Its identifier.
    pub id: BadgeId,
    /// To whom.
    pub member: MemberId,
    /// A word by which people tell one from another.
    pub label: Option<String>,
    /// By whom.
    pub given_by: MemberId,
    /// When.
    pub given_at: Instant,
    /// Its end, where it is a temporary one.
    pub until: Option<Instant>,
    /// When it was taken back, and why, if somebody said.
    pub revoked: Option<(Instant, Option<String>)>,
    /// Whether it proves itself by cryptography: the number of such a card cannot be copied.
    pub card: Option<Card>,
}

/// What the house knows of a cryptographic card (NTAG 424 DNA).
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Its key for reading, hidden by [`BadgeKey::hide`].
    pub hidden: [u8; 16],
    /// The last count it proved; the next must be greater.
    pub count: i64,
}

impl BadgeKey {
    /// The key of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key that grows from the secret of the house.
    #[must_use]
    pub fn of(secrets: &Secrets) -> Self {
        Self(secrets.grow("badge", &[]))
    }

    /// The key of a card as it is kept: encrypted with a key of its badge that is kept nowhere. Sixteen random bytes are
    /// one block of AES, and each badge has its own key: no mode and no nonce are needed.
    #[must_use]
    pub fn hide(&self, badge: BadgeId, key: &[u8; 16]) -> [u8; 16] {
        let mut block = (*key).into();
        self.cipher(badge).encrypt_block(&mut block);
        block.into()
    }

    /// The key of a card, of what was kept.
    #[must_use]
    pub fn reveal(&self, badge: BadgeId, kept: &[u8; 16]) -> [u8; 16] {
        let mut block = (*kept).into();
        self.cipher(badge).decrypt_block(&mut block);
        block.into()
    }

    fn cipher(&self, badge: BadgeId) -> Aes256 {
        Aes256::new(&self.seal("card", badge.uuid().as_bytes()).into())
    }

    /// An HMAC-SHA256 under this key of something, told apart from other things by a word.
    #[must_use]
    pub fn seal(&self, word: &str, bytes: &[u8]) -> [u8; 32] {
        // HMAC takes a key of any length: this cannot fail.
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(&self.0) else { return [0; 32] };
        mac.update(word.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }
}

impl Print {
    /// The print of a card's number, however its reader writes it; nothing where it is no number of 4 to 10 bytes.
    ///
    /// ```
    /// use etabli::access::badge::{BadgeKey, Print};
    /// let key = BadgeKey::new([7; 32]);
    /// assert_eq!(Print::of(&key, "04:a2:b3:c4"), Print::of(&key, "04A2B3C4"));
    /// assert_ne!(Print::of(&key, "04A2B3C4"), Print::of(&BadgeKey::new([8; 32]), "04A2B3C4"));
    /// for text in ["", "04A2B3", "04A2B3C4D", "hello", "0011223344556677889900"] {
    ///     assert!(Print::of(&key, text).is_none(), "{text}");
    /// }
    /// ```
    #[must_use]
    pub fn of(key: &BadgeKey, number: &str) -> Option<Self> {
        Some(Self(key.seal("badge", &bytes_of(number)?)))
    }

    /// A print as it was kept.
    #[must_use]
    pub const fn kept(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The bytes of a card's number, however its reader writes it; nothing where it is no number of 4 to 10 bytes.
#[must_use]
pub fn bytes_of(number: &str) -> Option<Vec<u8>> {
    let plain: String = number.chars().filter(|c| !matches!(c, ':' | '-' | ' ')).collect();
    hex::decode(plain).ok().filter(|bytes| (4..=10).contains(&bytes.len()))
}

impl Badge {
    /// What the rule book asks of it.
    #[must_use]
    pub const fn shown(&self) -> Shown {
        Shown { member: self.member, revoked: self.revoked.is_some(), until: self.until }
    }
}

impl std::fmt::Debug for BadgeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BadgeKey(…)")
    }
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Card").field("count", &self.count).finish_non_exhaustive()
    }
}
