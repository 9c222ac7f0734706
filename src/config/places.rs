//! What the empty settings mean, and which texts are addresses.

use std::{net::IpAddr, path::PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de};
use url::Url;

use super::Config;
use crate::{
    kernel::EmailAddress,
    store::{DatabaseUrl, NotADatabaseUrl, StoreOptions},
};

/// Where letters go.
#[derive(Debug, Clone)]
pub enum MailTo {
    /// Files in a folder.
    Folder(PathBuf),
    /// A mail server, as an `smtp://` or `smtps://` address with its password.
    Server(SecretString),
}

impl Config {
    /// The database, the usual SQLite file included.
    ///
    /// # Errors
    /// None for settings that were read: they are checked then.
    pub fn database(&self) -> Result<DatabaseUrl, NotADatabaseUrl> {
        match self.database_url.expose_secret() {
            "" => Ok(DatabaseUrl::Sqlite(self.data_dir.join("etabli.db"))),
            url => url.parse(),
        }
    }

    /// How the database is spoken to.
    #[must_use]
    pub fn store_options(&self) -> StoreOptions {
        let usual = StoreOptions::default();
        StoreOptions {
            readers: if self.store.readers == 0 { usual.readers } else { self.store.readers },
            postgres_threads: self.store.postgres_threads,
            queue: self.store.queue,
            sqlite_synchronous: self.store.sqlite_synchronous,
            ..usual
        }
    }

    /// Where people reach this server, without a slash at the end; the listening address if nothing was set.
    #[must_use]
    pub fn public_address(&self) -> String {
        match self.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.listen),
            url => url.to_owned(),
        }
    }

    /// The path of the public address, without a slash at the end: empty where the server has a name of its own.
    #[must_use]
    pub fn base_path(&self) -> String {
        let path = Url::parse(&self.public_url).map(|url| url.path().trim_end_matches('/').to_owned());
        path.unwrap_or_default()
    }

    /// Where letters go, the usual folder included.
    #[must_use]
    pub fn mail_to(&self) -> MailTo {
        match self.mail_url.expose_secret() {
            "" => MailTo::Folder(self.data_dir.join("mail")),
            url => match url.strip_prefix("file://") {
                Some(folder) => MailTo::Folder(PathBuf::from(folder)),
                None => MailTo::Server(self.mail_url.clone()),
            },
        }
    }

    /// The address letters come from, where one was set.
    #[must_use]
    pub fn sender(&self) -> Option<EmailAddress> {
        self.mail_from.parse().ok()
    }

    /// Whom letters come from: the address that was set, or one that only this machine knows.
    #[must_use]
    pub fn letters_from(&self) -> EmailAddress {
        self.sender().unwrap_or_else(EmailAddress::of_this_machine)
    }

    /// What the types alone do not say: the first setting that is wrong, and what is expected.
    pub(super) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let mail = self.mail_url.expose_secret();
        let wrong = [
            (
                self.database().is_ok(),
                ("database_url", "sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME"),
            ),
            (
                mail.is_empty() || folder(mail) || server(mail),
                ("mail_url", "smtp://USER:PASSWORD@HOST:PORT, smtps://… or file://FOLDER"),
            ),
            (self.mail_from.is_empty() || self.sender().is_some(), ("mail_from", "an e-mail address")),
            (
                self.public_url.is_empty() || web(&self.public_url),
                ("public_url", "an address that starts with http:// or https://"),
            ),
            (self.sessions.days > 0, ("sessions.days", "at least 1")),
            (self.store.queue > 0, ("store.queue", "at least 1")),
            (self.store.postgres_threads > 0, ("store.postgres_threads", "at least 1")),
            (
                self.log.parse::<tracing_subscriber::EnvFilter>().is_ok(),
                ("log", "error, warn, info, debug, trace or off"),
            ),
        ];
        wrong.into_iter().find(|(right, _)| !right).map_or(Ok(()), |(_, mistake)| Err(mistake))
    }
}

fn folder(text: &str) -> bool {
    text.strip_prefix("file://").is_some_and(|folder| !folder.is_empty())
}

fn server(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "smtp" | "smtps") && url.has_host())
}

fn web(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// Reads addresses separated by commas.
pub(super) fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<IpAddr>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().map_err(|_| de::Error::custom("expected IP addresses separated by commas")))
        .collect()
}
