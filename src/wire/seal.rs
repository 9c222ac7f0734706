//! What a signature of a request covers: everything that decides what the request means.

use super::{PublicKey, Signature, SigningKey};

/// How far the clock of a device may be off, in seconds; for as long, a nonce is remembered.
pub const WINDOW_SECONDS: i64 = 60;
/// The first line of whatever a controller signs, so that no signature means something elsewhere.
const CONTEXT: &str = "etabli-controller-v1";

/// The parts of a request that are signed, apart from its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seal<'a> {
    /// In capitals: `POST`.
    pub method: &'a str,
    /// As it stands in the request line, query included: `/controller/v1/allow-list?machine=saw`.
    pub path: &'a str,
    /// Seconds since the start of 1970.
    pub timestamp: i64,
    /// A word never used before: see [`is_nonce`].
    pub nonce: &'a str,
}

impl Seal<'_> {
    /// The bytes that are signed: five lines, then the body as it travels.
    ///
    /// ```
    /// let seal = etabli::wire::Seal { method: "POST", path: "/controller/v1/hello", timestamp: 1_772_438_400, nonce: "n1" };
    /// assert_eq!(seal.over(b"{}"), b"etabli-controller-v1\nPOST\n/controller/v1/hello\n1772438400\nn1\n{}");
    /// ```
    #[must_use]
    pub fn over(&self, body: &[u8]) -> Vec<u8> {
        let Self { method, path, timestamp, nonce } = self;
        let mut bytes = format!("{CONTEXT}\n{method}\n{path}\n{timestamp}\n{nonce}\n").into_bytes();
        bytes.extend_from_slice(body);
        bytes
    }

    /// Signs a request.
    #[must_use]
    pub fn sign(&self, key: &SigningKey, body: &[u8]) -> Signature {
        key.sign(&self.over(body))
    }

    /// Whether the owner of this key sent this request.
    #[must_use]
    pub fn holds(&self, key: &PublicKey, signature: &Signature, body: &[u8]) -> bool {
        key.made(signature, &self.over(body))
    }
}

/// Whether a text may stand as a nonce: 16 to 64 letters, digits, hyphens or underscores.
///
/// ```
/// use etabli::wire::seal::is_nonce;
/// assert!(is_nonce("4f0c2a9be7d81356"));
/// assert!(!is_nonce("short") && !is_nonce("sixteen letters!") && !is_nonce(&"a".repeat(65)));
/// ```
#[must_use]
pub fn is_nonce(text: &str) -> bool {
    (16..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// What a device signs with its new key to show that it holds it, when it replaces the old one.
#[must_use]
pub fn of_new_key(controller: &str, public_key: &PublicKey) -> Vec<u8> {
    format!("etabli-controller-key-v1\n{controller}\n{public_key}\n").into_bytes()
}
