//! Who to sign in as.

use crate::kernel::{Locale, words::say};

/// The password of everybody in the demonstration.
pub const PASSWORD: &str = "etabli-demo-2026";

/// The part before `@example.org`, of those whom the start of the program names.
pub const ACCOUNTS: [&str; 8] = ["admin", "staff", "trainer", "leader", "maker", "novice", "lapsed", "minor"];

/// The address of somebody in the demonstration.
#[must_use]
pub fn address(login: &str) -> String {
    format!("{login}@example.org")
}

/// What there is to know about one of the [`ACCOUNTS`].
#[must_use]
pub fn about(login: &str, locale: Locale) -> String {
    say(locale, &format!("demo-account-{login}"), &[])
}
