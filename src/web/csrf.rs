//! Browsers send their cookie by themselves, from any page: whoever changes something with a cookie must also
//! show a token that only our own pages can read.

use actix_web::http::Method;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::kernel::{Code, Error, Result, secret::Fingerprint};

/// The cookie a browser's sign-in is kept in (`HttpOnly`, `SameSite=Lax`).
pub const COOKIE: &str = "etabli_session";
/// The header that carries the token.
pub const HEADER: &str = "X-CSRF-Token";

/// The token that goes with a sign-in: derived from its secret, so nothing has to be stored.
#[must_use]
pub fn token(session_token: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"etabli csrf 1\0");
    hash.update(session_token.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Refuses a method that changes something without the right token.
///
/// ```
/// use actix_web::http::Method;
/// use etabli::web::csrf;
/// assert!(csrf::check(&Method::GET, None, "secret").is_ok());
/// assert!(csrf::check(&Method::POST, None, "secret").is_err());
/// assert!(csrf::check(&Method::POST, Some(&csrf::token("secret")), "secret").is_ok());
/// assert!(csrf::check(&Method::DELETE, Some(&csrf::token("other")), "secret").is_err());
/// ```
pub fn check(method: &Method, shown: Option<&str>, session_token: &str) -> Result<()> {
    // Comparing fingerprints takes no time that tells anything about the token.
    let right = |shown: &str| Fingerprint::of(shown) == Fingerprint::of(&token(session_token));
    if method.is_safe() || shown.is_some_and(right) {
        Ok(())
    } else {
        Err(Error::refused(Code::CsrfTokenMissing))
    }
}
