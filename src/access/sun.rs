//! A card that proves itself: NTAG 424 DNA, "secure unique NFC message" (NXP application note AN12196).
//!
//! At every tap the card counts on, and signs its number and the count with a key that never leaves it. A number can be
//! copied; the next count cannot be signed without the key. A count that comes twice, or goes back, is a copy.

use aes::Aes128;
use cmac::{Cmac, Mac};

/// What a card says at one tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tap {
    /// Its number.
    pub uid: [u8; 7],
    /// How often it was tapped, up to 2²⁴ − 1.
    pub count: u32,
    /// The first half of what it signed, by NXP's reckoning.
    pub mac: [u8; 8],
}

impl Tap {
    /// Reads number, count and signature as the card mirrors them: hexadecimal, the count with its highest byte first.
    ///
    /// ```
    /// use etabli::access::sun::Tap;
    /// // AN12196, "SUN with encrypted PICC data": number and count once decrypted, keys of sixteen zero bytes.
    /// let tap = Tap::read("04DE5F1EACC040", "00003D", "94EED9EE65337086").unwrap();
    /// assert_eq!(tap.count, 61);
    /// assert!(tap.is_signed_with(&[0; 16]));
    /// assert!(!tap.is_signed_with(&[1; 16]));
    /// assert!(!Tap { count: 62, ..tap }.is_signed_with(&[0; 16]));
    /// assert!(Tap::read("04DE5F1EACC040", "3D", "94EED9EE65337086").is_none());
    /// ```
    #[must_use]
    pub fn read(uid: &str, count: &str, mac: &str) -> Option<Self> {
        let (mut number, mut counted, mut signed) = ([0; 7], [0; 3], [0; 8]);
        hex::decode_to_slice(uid, &mut number).ok()?;
        hex::decode_to_slice(count, &mut counted).ok()?;
        hex::decode_to_slice(mac, &mut signed).ok()?;
        let [high, middle, low] = counted;
        Some(Self { uid: number, count: u32::from_be_bytes([0, high, middle, low]), mac: signed })
    }

    /// Whether a card with this key (its `SDMFileReadKey`) said so.
    #[must_use]
    pub fn is_signed_with(&self, key: &[u8; 16]) -> bool {
        let signed = cmac(&self.session_key(key), &[]);
        // Every second byte, from the second on: AN12196, truncation of the MAC.
        let half = signed.iter().skip(1).step_by(2);
        let differences = half.zip(&self.mac).fold(0, |all, (one, other)| all | (one ^ other));
        differences == 0
    }

    /// The key of this one tap, grown from number and count by the vector SV2.
    fn session_key(&self, key: &[u8; 16]) -> [u8; 16] {
        let [low, middle, high, _] = self.count.to_le_bytes();
        let mut vector = vec![0x3C, 0xC3, 0x00, 0x01, 0x00, 0x80];
        vector.extend_from_slice(&self.uid);
        vector.extend_from_slice(&[low, middle, high]);
        cmac(key, &vector)
    }
}

/// AES-CMAC (RFC 4493).
fn cmac(key: &[u8; 16], bytes: &[u8]) -> [u8; 16] {
    let mut mac = <Cmac<Aes128> as Mac>::new(key.into());
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{Tap, cmac};

    #[test]
    fn the_session_key_of_the_application_note_comes_out() {
        let tap = Tap::read("04DE5F1EACC040", "00003D", "94EED9EE65337086").unwrap();
        assert_eq!(hex::encode(tap.session_key(&[0; 16])), "3fb5f6e3a807a03d5e3570ace393776f");
    }

    #[test]
    fn the_first_vectors_of_rfc_4493_come_out() {
        let key = 0x2b7e_1516_28ae_d2a6_abf7_1588_09cf_4f3c_u128.to_be_bytes();
        assert_eq!(hex::encode(cmac(&key, &[])), "bb1d6929e95937287fa37d129b756746");
        let message = 0x6bc1_bee2_2e40_9f96_e93d_7e11_7393_172a_u128.to_be_bytes();
        assert_eq!(hex::encode(cmac(&key, &message)), "070a16b46b4d4144f79bdd9dd04a287c");
    }
}
