//! Mails as files: for demonstrations, and for those who carry them on by other means.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use futures_util::{FutureExt, future::BoxFuture};

use super::{Mailer, Undelivered};
use crate::outbox::message::Parcel;

/// Writes each mail into a folder as `2026-11-24T090000Z-reservation_confirmed-5f1c09ab.eml`.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Files go here; the folder is made when the first one comes.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }
}

impl Mailer for Folder {
    fn send<'a>(&'a self, parcel: &'a Parcel) -> BoxFuture<'a, Result<(), Undelivered>> {
        let (folder, name, mail) = (self.0.clone(), name(parcel), parcel.message.formatted());
        async move {
            match tokio::task::spawn_blocking(move || write(&folder, &name, &mail)).await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => {
                    Err(Undelivered::ForNow(format!("the mail folder cannot be written: {error}")))
                }
                Err(error) => Err(Undelivered::ForNow(error.to_string())),
            }
        }
        .boxed()
    }
}

/// The same letter has the same name: a second delivery writes over the first.
fn name(parcel: &Parcel) -> String {
    let id = parcel.id.uuid().simple().to_string();
    // The end of the identifier is chance, its beginning the time again.
    let (_, short) = id.split_at(24);
    format!("{}-{}-{short}.eml", parcel.written_at.utc().format("%Y-%m-%dT%H%M%SZ"), parcel.kind)
}

/// Whoever looks into the folder sees whole mails only. Mails hold links that let somebody in: nobody else may look.
fn write(folder: &Path, name: &str, mail: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let arriving = folder.join(format!(".{name}.part"));
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&arriving)?
        .write_all(mail)?;
    fs::rename(arriving, folder.join(name))
}
