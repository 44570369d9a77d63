//! The file operations themselves: each one is performed here and noted with what came of it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::PathBuf,
    sync::Arc,
};

use tower_sessions::session::{Id, Record};

use crate::{
    recorder::Command,
    stores::{
        StoreError, StoreKind,
        listing::Reaped,
        stored::{is_alive, record_of, record_text},
    },
};

/// A file's name comes from the id's own text: 22 characters of base64url, never a path.
pub(super) fn file_name(id: &Id) -> String {
    format!("{id}.json")
}

/// The session that a file of this name is about.
pub(super) fn session_of(name: &str) -> Option<Id> {
    name.strip_suffix(".json")?.parse().ok()
}

/// How the names end of what was put aside, and of what is being written.
pub(super) const CORRUPT: &str = ".json.corrupt";
pub(super) const TEMPORARY: &str = ".json.tmp";

/// What stood in a session's place.
pub(super) enum Found {
    /// A session, with the file's text.
    Alive(Record, String),
    /// It had expired, and is deleted.
    Expired,
    /// It was unreadable, and is put aside.
    Unreadable,
    /// Nothing.
    Missing,
}

/// The operations on the folder, each noted with its outcome. One at a time: the lock is held.
pub(super) struct Disk {
    pub(super) folder: Arc<PathBuf>,
    pub(super) done: Vec<Command>,
}

impl Disk {
    /// The record, if it is there, readable and not expired. An expired file is deleted, an unreadable one put aside.
    pub(super) fn find(&mut self, id: &Id) -> Result<Found, StoreError> {
        let Some(text) = self.read(id)? else {
            return Ok(Found::Missing);
        };
        match record_of(*id, &text) {
            Ok(record) if is_alive(&record) => Ok(Found::Alive(record, text)),
            Ok(_) => self.unlink(&file_name(id)).map(|_| Found::Expired),
            Err(problem) => {
                let name = file_name(id);
                let aside = format!("{name}.corrupt");
                tracing::warn!(name, problem, "put an unreadable session file aside");
                self.rename(&name, &aside).map(|()| Found::Unreadable)
            }
        }
    }

    pub(super) fn read(&mut self, id: &Id) -> Result<Option<String>, StoreError> {
        let name = file_name(id);
        let read = fs::read(self.folder.join(&name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        missing_is_none(self.note(format!("read {name}"), read, Clone::clone))
    }

    pub(super) fn exists(&mut self, id: &Id) -> Result<bool, StoreError> {
        let name = file_name(id);
        let stat = fs::symlink_metadata(self.folder.join(&name));
        let found = self.note(format!("stat {name}"), stat, |meta| {
            format!("{} bytes", meta.len())
        });
        missing_is_none(found).map(|meta| meta.is_some())
    }

    pub(super) fn make_folder(&mut self) -> Result<(), StoreError> {
        if self.folder.is_dir() {
            return Ok(());
        }
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&*self.folder);
        let name = self.name();
        self.note(format!("mkdir {name} (0700)"), made, ok)
            .map_err(|error| refused(&error))
    }

    pub(super) fn put(&mut self, record: &Record) -> Result<(), StoreError> {
        self.put_text(&file_name(&record.id), &record_text(record))
    }

    /// Writes beside, forces to the disk, renames into place, forces the folder.
    pub(super) fn put_text(&mut self, name: &str, text: &str) -> Result<(), StoreError> {
        let beside = format!("{name}.tmp");
        // What a crash left under this name is nobody's.
        fs::remove_file(self.folder.join(&beside)).ok();
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(self.folder.join(&beside));
        let mut file = self
            .note(format!("open {beside} (wx, 0600)"), opened, ok)
            .map_err(|error| refused(&error))?;
        let written = file.write_all(text.as_bytes());
        self.note("write".to_owned(), written, |()| {
            format!("{} bytes", text.len())
        })
        .map_err(|error| refused(&error))?;
        self.note("fsync".to_owned(), file.sync_all(), ok)
            .map_err(|error| refused(&error))?;
        self.rename(&beside, name)?;
        let folder = File::open(&*self.folder).and_then(|folder| folder.sync_all());
        self.note("fsync (the folder)".to_owned(), folder, ok)
            .map_err(|error| refused(&error))
    }

    pub(super) fn rename(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        let renamed = fs::rename(self.folder.join(from), self.folder.join(to));
        self.note(format!("rename {from} {to}"), renamed, ok)
            .map_err(|error| refused(&error))
    }

    /// Whether it was there.
    pub(super) fn unlink(&mut self, name: &str) -> Result<bool, StoreError> {
        let unlinked = fs::remove_file(self.folder.join(name));
        let unlinked = self.note(format!("unlink {name}"), unlinked, ok);
        missing_is_none(unlinked).map(|unlinked| unlinked.is_some())
    }

    /// Removes what is expired or half written, puts aside what is unreadable. An error with one file
    /// is logged and the others go on.
    pub(super) fn sweep(&mut self) -> Result<Reaped, StoreError> {
        let mut reaped = Reaped::default();
        for name in self.names()? {
            let Some(swept) = self.sweep_one(&name).transpose() else {
                continue;
            };
            reaped.looked += 1;
            match swept {
                Ok(removed) => reaped.removed += usize::from(removed),
                Err(error) => tracing::warn!(name, %error, "could not sweep a session file"),
            }
        }
        Ok(reaped)
    }

    /// Deletes what was put aside and what is half written: how many.
    pub(super) fn clear_graveyard(&mut self) -> Result<usize, StoreError> {
        let mut cleared = 0;
        for name in self.names()? {
            if name.ends_with(CORRUPT) || name.ends_with(TEMPORARY) {
                cleared += usize::from(self.unlink(&name)?);
            }
        }
        Ok(cleared)
    }

    /// Deletes the folder and what is in it; a link inside is deleted, not followed.
    pub(super) fn remove_folder(&mut self) -> Result<(), StoreError> {
        let removed = fs::remove_dir_all(&*self.folder);
        missing_is_none(self.note(format!("rm -r {}", self.name()), removed, ok)).map(drop)
    }

    /// The names in the folder, sorted; none if there is no folder yet.
    fn names(&mut self) -> Result<Vec<String>, StoreError> {
        let names = fs::read_dir(&*self.folder).map(|entries| {
            let mut names: Vec<_> = entries
                .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                .collect();
            names.sort();
            names
        });
        let names = self.note(format!("readdir {}", self.name()), names, |names| {
            format!("{} names", names.len())
        });
        missing_is_none(names).map(Option::unwrap_or_default)
    }

    /// Whether it was removed; nothing if it is not the store's.
    fn sweep_one(&mut self, name: &str) -> Result<Option<bool>, StoreError> {
        if name.ends_with(TEMPORARY) {
            return self.unlink(name).map(Some);
        }
        let Some(id) = session_of(name) else {
            return Ok(None);
        };
        Ok(Some(matches!(self.find(&id)?, Found::Expired)))
    }

    /// The folder's own name.
    fn name(&self) -> String {
        let name = self.folder.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    fn note<T>(
        &mut self,
        text: String,
        outcome: io::Result<T>,
        reply: impl FnOnce(&T) -> String,
    ) -> io::Result<T> {
        let (reply, failed) = match &outcome {
            Ok(value) => (reply(value), false),
            Err(error) => (error_name(error), error.kind() != ErrorKind::NotFound),
        };
        self.done.push(Command {
            text,
            reply,
            failed,
        });
        outcome
    }
}

fn ok<T>(_: &T) -> String {
    "ok".to_owned()
}

pub(super) fn missing_is_none<T>(outcome: io::Result<T>) -> Result<Option<T>, StoreError> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(&error)),
    }
}

fn refused(error: &io::Error) -> StoreError {
    StoreError::Refused {
        store: StoreKind::File,
        reply: error_name(error),
    }
}

/// The short name that every language prints for this error, as in Node's `error.code`.
fn error_name(error: &io::Error) -> String {
    let name = match error.kind() {
        ErrorKind::NotFound => "ENOENT",
        ErrorKind::AlreadyExists => "EEXIST",
        ErrorKind::PermissionDenied => "EACCES",
        ErrorKind::NotADirectory => "ENOTDIR",
        ErrorKind::IsADirectory => "EISDIR",
        ErrorKind::StorageFull => "ENOSPC",
        ErrorKind::ReadOnlyFilesystem => "EROFS",
        _ => return error.to_string(),
    };
    name.to_owned()
}
