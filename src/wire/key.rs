//! Ed25519 keys and signatures (RFC 8032) as they are written on the wire.

use std::{fmt, str::FromStr};

use ed25519_dalek::{Signer, VerifyingKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

/// A public key that stands for a point of the curve; 64 hexadecimal digits on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// A signature; 128 hexadecimal digits on the wire. Whether it is right, [`PublicKey::made`] tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(ed25519_dalek::Signature);

/// A secret key. Never written out by `Debug`.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

/// Why a text is not a key or not a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected {0} lower-case hexadecimal digits that stand for {1}")]
pub struct Malformed(usize, &'static str);

const NOT_A_KEY: Malformed = Malformed(64, "an Ed25519 public key");
const NOT_A_SIGNATURE: Malformed = Malformed(128, "an Ed25519 signature");

impl PublicKey {
    /// The key of these bytes. Keys of small order, under which anything may seem signed, are none.
    ///
    /// # Errors
    /// When the bytes are no point of the curve, or a weak one.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let bytes = bytes.try_into().map_err(|_| NOT_A_KEY)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| NOT_A_KEY)?;
        if key.is_weak() { Err(NOT_A_KEY) } else { Ok(Self(key)) }
    }

    /// Its 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether the owner of this key signed these bytes.
    #[must_use]
    pub fn made(&self, signature: &Signature, bytes: &[u8]) -> bool {
        self.0.verify_strict(bytes, &signature.0).is_ok()
    }

    /// Sixteen digits by which people compare what they see on two screens: the start of the key's SHA-256.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(Sha256::digest(self.bytes()).get(..8).unwrap_or_default())
    }
}

impl SigningKey {
    /// The key that grows from these 32 random bytes.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The bytes it grew from, to be kept where nobody reads them.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The half that may be shown.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs these bytes.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(bytes))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0.to_bytes()))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Upper-case digits would be a second way to write the same thing.
pub(super) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let plain = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    hex::decode_to_slice(text, &mut bytes).ok().filter(|()| plain).map(|()| bytes)
}

impl FromStr for PublicKey {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::from_bytes(&read::<32>(text).ok_or(NOT_A_KEY)?)
    }
}

impl FromStr for Signature {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let bytes = read::<64>(text).ok_or(NOT_A_SIGNATURE)?;
        Ok(Self(ed25519_dalek::Signature::from_bytes(&bytes)))
    }
}

macro_rules! written_as_text {
    ($($noun:ty),*) => {$(
        impl Serialize for $noun {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $noun {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

written_as_text!(PublicKey, Signature);

#[cfg(test)]
mod tests {
    use super::{PublicKey, Signature, SigningKey};

    #[test]
    fn the_first_vector_of_rfc_8032_comes_out() {
        let seed =
            super::read::<32>("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let key = SigningKey::from_seed(&seed);
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(key.public().to_string(), public);
        let signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
                         d25bf5f0595bbe24655141438e7a100b";
        assert_eq!(key.sign(b"").to_string(), signature);
        assert!(public.parse::<PublicKey>().unwrap().made(&signature.parse().unwrap(), b""));
        assert!(!public.parse::<PublicKey>().unwrap().made(&signature.parse().unwrap(), b"x"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let good = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let weak = format!("01{}", "00".repeat(31));
        let off_the_curve = format!("02{}", "00".repeat(31));
        for text in ["", &good[..62], &good.to_uppercase(), &format!("{good}00"), &weak, &off_the_curve, "zz"]
        {
            assert!(text.parse::<PublicKey>().is_err(), "{text}");
        }
        assert!("00".repeat(63).parse::<Signature>().is_err());
        assert!(!format!("{:?}", SigningKey::from_seed(&[7; 32])).contains("07"));
    }
}
