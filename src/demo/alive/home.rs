//! Where the devices keep their memory. Two programs that lent life to the same devices would tear their logs apart:
//! whoever comes second finds the lock taken.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::devices::Controller;
use crate::simulator::memory::Memory;

/// Its name in the data folder.
const FOLDER: &str = "demo-devices";

/// The folder of the devices, held by this program until it ends, however it ends.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    _held: File,
}

impl Home {
    /// Makes the folder if it is not there, and takes it; nothing where another program has it.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn enter(data: &Path) -> io::Result<Option<Self>> {
        let folder = data.join(FOLDER);
        DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let lock = OpenOptions::new().create(true).write(true).truncate(false).open(folder.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { folder, _held: lock })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Where a controller keeps its key and its log.
    #[must_use]
    pub fn file(&self, controller: &Controller) -> PathBuf {
        self.folder.join(format!("{}.json", controller.machine))
    }

    /// What a controller remembers; where it remembers nothing that can be read, it is a new one.
    ///
    /// # Errors
    /// When there is no randomness to make a key of.
    pub fn memory(&self, controller: &Controller) -> anyhow::Result<Memory> {
        let file = self.file(controller);
        Memory::load(&file).or_else(|_| {
            fs::remove_file(&file)?;
            Memory::load(&file)
        })
    }

    /// Where a second terminal finds the demonstration.
    #[must_use]
    pub fn door(&self) -> PathBuf {
        door(&self.folder)
    }

    /// The same, for a program that is not the one that holds the folder.
    #[must_use]
    pub fn door_of(data: &Path) -> PathBuf {
        door(&data.join(FOLDER))
    }
}

fn door(folder: &Path) -> PathBuf {
    folder.join("door")
}

#[cfg(test)]
mod tests {
    use super::{super::devices::CONTROLLERS, Home};

    #[test]
    fn the_second_program_finds_it_taken_and_the_next_finds_the_same_keys() {
        let data = tempfile::tempdir().unwrap();
        let first = Home::enter(data.path()).unwrap().unwrap();
        assert!(Home::enter(data.path()).unwrap().is_none());
        let memory = first.memory(&CONTROLLERS[0]).unwrap();
        memory.save(&first.file(&CONTROLLERS[0])).unwrap();
        drop(first);
        let second = Home::enter(data.path()).unwrap().unwrap();
        assert_eq!(second.memory(&CONTROLLERS[0]).unwrap().key().public(), memory.key().public());
        std::fs::write(second.file(&CONTROLLERS[0]), "half a mem").unwrap();
        assert_ne!(second.memory(&CONTROLLERS[0]).unwrap().key().public(), memory.key().public());
    }
}
