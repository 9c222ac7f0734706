//! Settings: `config/default.toml`, then the file of `--config`, then the environment; the last one wins.
//!
//! Read in this order: this file (what can be set), [`places`] (what the empty values mean), [`mistake`]
//! (one clear sentence for a wrong setting), [`language`](mod@language) (that of the terminal).
//!
//! Invariants: the environment is read here and nowhere else; a setting nobody knows stops the start; what may
//! hold a password is a [`SecretString`] and is never printed.

pub mod language;
pub mod mistake;
pub mod places;

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use secrecy::SecretString;
use serde::Deserialize;

use crate::store::Synchronous;

pub use language::language;
pub use mistake::Mistake;
pub use places::MailTo;

/// The settings as they are when nobody says otherwise.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

/// Every setting; what each means stands in `config/default.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Config {
    pub listen: SocketAddr,
    /// Empty means the usual place: ask [`Config::database`].
    pub database_url: SecretString,
    pub data_dir: PathBuf,
    /// Empty means the listening address: ask [`Config::public_address`].
    pub public_url: String,
    /// Empty means the usual place: ask [`Config::mail_to`].
    pub mail_url: SecretString,
    pub mail_from: String,
    /// Empty means none: ask `power::mqtt::Broker::from_config`.
    pub mqtt_url: SecretString,
    pub mqtt_discovery: String,
    pub log: String,
    pub rate_limits: Switch,
    pub store: Store,
    pub passwords: Passwords,
    pub sessions: Sessions,
    pub calendars: Calendars,
    pub limits: Limits,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "on is on")]
pub enum Switch {
    On,
    Off,
}

/// How the database is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Store {
    pub readers: usize,
    pub postgres_threads: usize,
    pub queue: usize,
    pub sqlite_synchronous: Synchronous,
}

/// The cost of an Argon2id hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Passwords {
    pub memory_kib: u32,
    pub iterations: u32,
    pub lanes: u32,
    pub threads: usize,
}

/// How long a sign-in lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Sessions {
    pub days: u16,
}

/// What is remembered of calendars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Calendars {
    pub cache_mb: u16,
}

/// How often one address may call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config/default.toml")]
pub struct Limits {
    pub per_second: NonZeroU32,
    pub burst: NonZeroU32,
    pub sign_in_per_minute: NonZeroU32,
    pub sign_in_burst: NonZeroU32,
    #[serde(deserialize_with = "places::addresses")]
    pub trusted_proxies: Vec<IpAddr>,
}

impl Config {
    /// Reads the settings of this process.
    ///
    /// # Errors
    /// A [`Mistake`]: one sentence that names the setting, where it came from and what is expected.
    pub fn load(file: Option<&Path>) -> Result<Self, Mistake> {
        let mut settings = Figment::from(Toml::string(DEFAULTS));
        if let Some(path) = file {
            if !path.is_file() {
                return Err(Mistake::no_file(path));
            }
            settings = settings.merge(Toml::file_exact(path));
        }
        Self::read(&settings.merge(Env::prefixed(mistake::PREFIX).split("__")))
    }

    /// The defaults alone, for tests and for programs that set everything themselves.
    ///
    /// # Errors
    /// None unless `config/default.toml` is broken, which a test forbids.
    pub fn usual() -> Result<Self, Mistake> {
        Self::read(&Figment::from(Toml::string(DEFAULTS)))
    }

    fn read(settings: &Figment) -> Result<Self, Mistake> {
        let config: Self = settings.extract().map_err(|error| Mistake::from_figment(&error))?;
        config.check().map_err(|(setting, expected)| Mistake::wrong(settings, setting, expected))?;
        Ok(config)
    }
}

#[cfg(test)]
#[expect(clippy::result_large_err, reason = "figment's Jail asks for its own error")]
mod tests {
    use std::path::Path;

    use figment::Jail;

    use super::Config;

    fn sentence(prepare: impl FnOnce(&mut Jail) -> figment::error::Result<()>) -> String {
        let mut said = String::new();
        Jail::expect_with(|jail| {
            prepare(jail)?;
            let file = Path::new("etabli.toml");
            said = Config::load(file.is_file().then_some(file)).expect_err("wrong settings").to_string();
            Ok(())
        });
        said
    }

    #[test]
    fn the_defaults_are_in_order() {
        let config = Config::usual().unwrap();
        assert_eq!(config.listen.port(), 8080);
    }

    #[test]
    fn the_environment_has_the_last_word() {
        Jail::expect_with(|jail| {
            jail.create_file("etabli.toml", "log = \"warn\"\nrate_limits = \"off\"\n[sessions]\ndays = 3")?;
            jail.set_env("ETABLI_LOG", "debug");
            jail.set_env("ETABLI_SESSIONS__DAYS", "4");
            let config = Config::load(Some(Path::new("etabli.toml"))).unwrap();
            assert_eq!((config.log.as_str(), config.sessions.days), ("debug", 4));
            assert_eq!(config.rate_limits, super::Switch::Off);
            Ok(())
        });
    }

    #[test]
    fn a_setting_nobody_knows_is_named_with_its_place() {
        let said = sentence(|jail| jail.create_file("etabli.toml", "lisen = 3").map(drop));
        assert!(said.contains("lisen") && said.contains("etabli.toml"), "{said}");
        let said = sentence(|jail| {
            jail.set_env("ETABLI_STORE__READER", "3");
            Ok(())
        });
        assert!(said.contains("ETABLI_STORE__READER"), "{said}");
    }

    #[test]
    fn a_wrong_value_says_what_is_expected() {
        let said = sentence(|jail| {
            jail.set_env("ETABLI_LISTEN", "somewhere");
            Ok(())
        });
        assert!(said.contains("ETABLI_LISTEN") && said.contains("address"), "{said}");
        let said = sentence(|jail| jail.create_file("etabli.toml", "[limits]\nburst = 0").map(drop));
        assert!(said.contains("limits.burst") && said.contains("etabli.toml"), "{said}");
    }

    #[test]
    fn passwords_in_addresses_are_never_repeated() {
        for setting in ["ETABLI_DATABASE_URL", "ETABLI_MAIL_URL"] {
            let said = sentence(|jail| {
                jail.set_env(setting, "ftp://ada:sesame@example.org");
                Ok(())
            });
            assert!(said.contains(setting) && !said.contains("sesame"), "{said}");
        }
    }
}
