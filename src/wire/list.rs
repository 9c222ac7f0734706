//! The allow-list: whom a controller may let in while it hears nothing from the server.

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::Sha256;

use super::{PublicKey, Signature, SigningKey};

/// The first line of what the house signs.
const CONTEXT: &str = "etabli-list-v1";
/// A list holds for so many seconds at most: three days.
pub const LONGEST_SECONDS: i64 = 72 * 3600;

/// A list as it travels: its letters, and the house's signature over them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sealed {
    /// The list, letter by letter as it was signed.
    pub list: Box<RawValue>,
    /// The signature of the house.
    pub signature: Signature,
}

/// Whom a controller may let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AllowList {
    /// Only grows: a controller that held a later one refuses an earlier one.
    pub version: i64,
    /// Slug of the machine.
    pub machine: String,
    /// Seconds since 1970.
    pub not_before: i64,
    /// Seconds since 1970; at most three days later.
    pub not_after: i64,
    /// The badges.
    pub entries: Vec<Entry>,
}

/// A badge that may start the machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Entry {
    /// See [`tag`].
    pub tag: String,
    /// Until when, in seconds since 1970.
    pub until: i64,
}

/// Why a list is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The house did not sign it, for this controller.
    #[error("the signature does not hold")]
    Unsigned,
    /// It cannot be read, or holds for too long.
    #[error("it is no list")]
    Malformed,
    /// A later one was held already.
    #[error("a later list was held already")]
    RolledBack,
}

impl Sealed {
    /// Signs a list for one controller.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(list: &AllowList, controller: &str, key: &SigningKey) -> serde_json::Result<Self> {
        let list = RawValue::from_string(serde_json::to_string(list)?)?;
        let signature = key.sign(&signed(controller, list.get()));
        Ok(Self { list, signature })
    }

    /// The list, where the house signed it for this controller and none later than `held` was held before.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn open(&self, controller: &str, key: &PublicKey, held: i64) -> Result<AllowList, Unfit> {
        if !key.made(&self.signature, &signed(controller, self.list.get())) {
            return Err(Unfit::Unsigned);
        }
        let list: AllowList = serde_json::from_str(self.list.get()).map_err(|_| Unfit::Malformed)?;
        if list.not_after.saturating_sub(list.not_before) > LONGEST_SECONDS {
            return Err(Unfit::Malformed);
        }
        if list.version < held { Err(Unfit::RolledBack) } else { Ok(list) }
    }
}

impl AllowList {
    /// Until when this badge may have the machine on, as the device's own clock tells; nothing where it may not.
    #[must_use]
    pub fn until(&self, tag: &str, now: i64) -> Option<i64> {
        let holds = (self.not_before..self.not_after).contains(&now);
        let entry = self.entries.iter().find(|entry| holds && entry.tag == tag && entry.until > now)?;
        Some(entry.until.min(self.not_after))
    }
}

/// The bytes that are signed: the context, the controller, the letters of the list.
fn signed(controller: &str, list: &str) -> Vec<u8> {
    format!("{CONTEXT}\n{controller}\n{list}").into_bytes()
}

/// How a badge stands in the lists of one controller: the first 16 bytes of HMAC-SHA256 under its device key.
#[must_use]
pub fn tag(device_key: &[u8; 32], uid: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(device_key) else { return String::new() };
    mac.update(uid);
    hex::encode(mac.finalize().into_bytes().get(..16).unwrap_or_default())
}
