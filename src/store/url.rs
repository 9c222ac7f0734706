//! Where the rows live.

use std::{fmt, path::PathBuf, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// Which database, chosen by the scheme of a URL: `sqlite://PATH`, `postgres://…` or `postgresql://…`.
///
/// The path of SQLite is taken literally: `sqlite:///srv/etabli.db` is absolute, `sqlite://etabli.db` is not.
/// Shown without user, password and parameters.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub enum DatabaseUrl {
    /// A file on a local disk.
    Sqlite(PathBuf),
    /// A server; the URL as libpq reads it.
    Postgres(SecretString),
}

/// The two databases the house speaks with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Dialect {
    /// SQLite, inside this process.
    Sqlite,
    /// PostgreSQL, over the network or a socket.
    Postgres,
}

/// Why a text is not a [`DatabaseUrl`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADatabaseUrl {
    /// Neither of the schemes; a bare path is not guessed at, so that a typo never creates an empty database.
    #[error(
        "expected a database URL: sqlite://PATH, such as sqlite:///srv/etabli.db, or postgres://USER@HOST/DATABASE"
    )]
    Scheme,
    /// `sqlite://` and nothing behind it, or `:memory:`.
    #[error("sqlite:// must be followed by the path of a file, such as sqlite:///srv/etabli.db")]
    Path,
}

impl DatabaseUrl {
    /// Which of the two databases.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = NotADatabaseUrl;

    fn from_str(text: &str) -> Result<Self, NotADatabaseUrl> {
        match text.trim().split_once("://") {
            // Several connections share the database: one in memory belongs to a single connection.
            Some(("sqlite", path)) if path.is_empty() || path.contains(":memory:") || path.contains('\0') => {
                Err(NotADatabaseUrl::Path)
            }
            Some(("sqlite", path)) => Ok(Self::Sqlite(PathBuf::from(path))),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(SecretString::from(text.trim()))),
            _ => Err(NotADatabaseUrl::Scheme),
        }
    }
}

impl TryFrom<String> for DatabaseUrl {
    type Error = NotADatabaseUrl;

    fn try_from(text: String) -> Result<Self, NotADatabaseUrl> {
        text.parse()
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Self::Postgres(url) => {
                // A password may hold any sign, an `@` or a `?` among them: everything up to the last `@` goes first.
                let url = url.expose_secret();
                let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
                let place = place.split_once('?').map_or(place, |(place, _)| place);
                write!(f, "postgres://{place}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::{DatabaseUrl, NotADatabaseUrl};

    #[test]
    fn the_scheme_chooses_and_secrets_stay_hidden() {
        for (text, shown) in [
            ("sqlite:///srv/etabli.db", "sqlite:///srv/etabli.db"),
            ("sqlite://etabli.db", "sqlite://etabli.db"),
            ("postgres://ada:se@cret?@db.lab:5433/etabli?sslmode=require", "postgres://db.lab:5433/etabli"),
            ("postgresql:///etabli?host=/run/pg&password=secret", "postgres:///etabli"),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), shown);
            assert_eq!(format!("{url:?}"), shown);
        }
    }

    #[test]
    fn anything_else_is_an_error_and_not_a_file() {
        for text in ["", "etabli.db", "/srv/etabli.db", "mysql://lab", "sqlite:etabli.db", "Postgres://lab"] {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap_err(), NotADatabaseUrl::Scheme, "{text}");
        }
        for text in ["sqlite://", "sqlite://:memory:"] {
            assert_eq!(text.parse::<DatabaseUrl>().unwrap_err(), NotADatabaseUrl::Path, "{text}");
        }
    }
}
