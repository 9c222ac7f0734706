//! The secret of the house, from which its other keys grow.
//!
//! It lies in the data folder and not in the database: whoever copies the database (a backup, a leak) must not be able
//! to try out all the numbers a badge can have, nor to sign for the house. The database holds only the public half, so
//! that a server with another secret is noticed before it serves.

use std::{
    fmt,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

use anyhow::anyhow;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::store;
use crate::{
    config::Mistake,
    kernel::{ControllerId, Instant},
    store::Db,
    wire::{PublicKey, SigningKey},
};

/// Its name in the data folder.
const FILE: &str = "secret.key";

/// The keys of the house. Cheap to clone.
#[derive(Clone)]
pub struct Secrets(Arc<[u8; 32]>);

impl Secrets {
    /// Reads the secret of this data folder; makes it, readable by its owner only, if it is not there.
    ///
    /// # Errors
    /// One sentence when the file cannot be read, made or understood.
    pub fn of(folder: &Path) -> Result<Self, Mistake> {
        let file = folder.join(FILE);
        let read = match fs::read_to_string(&file) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(folder, &file).and_then(|()| fs::read_to_string(&file))
            }
            read => read,
        };
        let text =
            read.map_err(|error| Mistake::new(format!("{} cannot be used: {error}", file.display())))?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes)
            .map_err(|_| Mistake::new(format!("{} does not hold 64 hexadecimal digits", file.display())))?;
        Ok(Self(Arc::new(bytes)))
    }

    /// What the house signs with.
    #[must_use]
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_seed(&self.grow("sign", &[]))
    }

    /// The half of [`Self::signing`] that controllers hold.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        self.signing().public()
    }

    /// The key under which the numbers of badges are kept: enough to recognise them, useless to make others.
    #[must_use]
    pub fn badge(&self) -> [u8; 32] {
        self.grow("badge", &[])
    }

    /// The key under which a controller looks badges up in its allow-list.
    #[must_use]
    pub fn device(&self, controller: ControllerId) -> [u8; 32] {
        self.grow("device", controller.uuid().as_bytes())
    }

    /// A key for one purpose, about one thing.
    #[must_use]
    pub fn grow(&self, purpose: &str, about: &[u8]) -> [u8; 32] {
        hmac(&self.0[..], &[b"etabli ", purpose.as_bytes(), b" v1 ", about])
    }

    /// Sees to it that this data folder and this database belong together. A new pair is made one here; a database
    /// that was used before, with its secret missing or another in its place, is not served.
    ///
    /// # Errors
    /// One sentence when the secret is not the one this database was used with.
    pub fn belong(folder: &Path, db: &mut Db, now: Instant) -> anyhow::Result<()> {
        let unreadable = |_| anyhow!("the key of the house cannot be read from the database");
        let known = store::house::key(db).map_err(unreadable)?;
        if known.is_some() && !Self::is_in(folder) {
            return Err(wrong("is missing from", folder).into());
        }
        let secrets = Self::of(folder)?;
        let known = store::house::key_or(db, &secrets.public(), now).map_err(unreadable)?;
        if known == secrets.public().bytes() {
            return Ok(());
        }
        Err(wrong("does not belong to this database in", folder).into())
    }

    /// Whether this data folder has a secret.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        folder.join(FILE).exists()
    }
}

fn wrong(what: &str, folder: &Path) -> Mistake {
    Mistake::new(format!(
        "{FILE} {what} the data folder {}: this database was used with another one. Put that one back from its copy, or \
         copy it from another instance (docs/OPERATIONS.md tells what to do when it is lost)",
        folder.display()
    ))
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length: the error cannot come.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// First beside it, then into place: of two programs that start at once, both read the same whole secret.
fn make(folder: &Path, file: &Path) -> std::io::Result<()> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    let making = folder.join(format!("{FILE}.{}", uuid::Uuid::now_v7()));
    let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&making)?;
    writeln!(new, "{}", hex::encode(bytes))?;
    new.sync_all()?;
    let placed = fs::hard_link(&making, file);
    fs::remove_file(&making)?;
    placed.or_else(|error| if error.kind() == ErrorKind::AlreadyExists { Ok(()) } else { Err(error) })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{FILE, Secrets};

    #[test]
    fn it_is_made_once_for_its_owner_only_and_read_ever_after() {
        let folder = tempfile::tempdir().unwrap();
        let first = Secrets::of(folder.path()).unwrap();
        assert_eq!(first.public(), Secrets::of(folder.path()).unwrap().public());
        let mode = folder.path().join(FILE).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_ne!(first.grow("sign", &[]), first.badge());
        assert_ne!(first.grow("device", b"1"), first.grow("device", b"2"));
        assert!(!format!("{first:?}").contains('['));
    }

    #[test]
    fn a_file_that_holds_something_else_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "hello").unwrap();
        assert!(Secrets::of(folder.path()).unwrap_err().to_string().contains("64 hexadecimal digits"));
    }
}
