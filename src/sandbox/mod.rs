//! The sandbox of one student.
//!
//! Whoever opens the playground gets a *lab*: servers, sessions and a tape of their own, found again
//! by a signed cookie ([`identity`]) that is not one of the cookies being taught. Nothing that is done
//! in one lab reaches another. The [`registry`] keeps the labs of the class, [`limits`] bounds each of
//! them, and the [`cleanup`] removes those that nobody has used for a day, with everything of theirs.
//!
//! What happens *inside* a lab is the business of a [`Bench`]; what a bench remembers, it writes down in [`notes`].

use std::{fs, future::Future, io, path::PathBuf};

use crate::stores::SandboxTag;

pub mod cleanup;
pub mod identity;
pub mod limits;
pub mod notes;
pub mod registry;

/// The walls of one lab: its public name and its folder.
#[derive(Clone, Debug)]
pub struct Sandbox {
    /// The lab's public name in the stores.
    pub tag: SandboxTag,
    /// `<data>/labs/<tag>`; made when the first thing is kept in it.
    pub folder: PathBuf,
}

impl Sandbox {
    /// What the lab wrote down in this file last time, if it did.
    #[must_use]
    pub fn read_notes(&self, file: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(file)).ok()
    }

    /// Writes notes so that they are there whole or not at all. Blocks on the disk.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn write_notes(&self, file: &str, notes: &[u8]) -> io::Result<()> {
        create_private_folder(&self.folder)?;
        let fresh = self.folder.join(format!("{file}.tmp"));
        fs::write(&fresh, notes)?;
        fs::rename(fresh, self.folder.join(file))
    }

    /// Removes the folder with everything in it. Blocks on the disk.
    ///
    /// # Errors
    /// Those of the disk; a folder that is not there is no error.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Makes a folder (and those above it) that only its owner can read.
///
/// # Errors
/// Those of the disk.
pub fn create_private_folder(folder: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// What a lab is for: its experiments and their state.
pub trait Bench: Send + Sync + Sized + 'static {
    /// What every bench is built with (the engines).
    type Tools: Clone + Send + Sync + 'static;

    /// Opens the bench of a lab, with what it wrote down last time.
    fn open(sandbox: Sandbox, tools: &Self::Tools) -> Self;

    /// Whether nothing has been done here yet, so that removing it loses nothing.
    fn is_untouched(&self) -> bool;

    /// Writes down what must survive the program.
    fn keep(&self) -> impl Future<Output = ()> + Send;

    /// Removes everything of the lab: records, keys, documents, folder.
    fn clear(&self) -> impl Future<Output = ()> + Send;
}
