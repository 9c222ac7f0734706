//! Who takes mails: a mail server, or a folder.

mod folder;
mod smtp;

use std::sync::Arc;

use futures_util::future::BoxFuture;

pub use folder::Folder;
pub use smtp::Smtp;

use super::message::Parcel;
use crate::config::{Config, MailTo, Mistake};

/// Takes mails, one at a time, from several hands at once.
pub trait Mailer: Send + Sync + 'static {
    /// Takes a mail for good, or says why not.
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>>;
}

/// Why a mail was not taken. The words may quote addresses: for staff, not for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// It may work later: the server is away, busy, or wants to see whether we come back.
    #[error("{0}")]
    ForNow(String),
    /// It will never work: the server refuses this mail or this address.
    #[error("{0}")]
    ForGood(String),
}

/// The mailer of these settings.
///
/// # Errors
/// One sentence when the mail server's address cannot be used.
pub fn from_config(config: &Config) -> Result<Arc<dyn Mailer>, Mistake> {
    Ok(match config.mail_to() {
        MailTo::Folder(folder) => Arc::new(Folder::new(folder)),
        MailTo::Server(url) => Arc::new(Smtp::new(&url)?),
    })
}
