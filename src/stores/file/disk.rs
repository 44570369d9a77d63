//! The file operations themselves: each one is performed here and noted with what came of it.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
};

use tower_sessions::session::{Id, Record};

use crate::stores::{
    StoreError, StoreKind,
    recorder::Command,
    stored::{is_alive, record_of, record_text},
};

/// A file's name comes from the id's own text: 22 characters of base64url, never a path.
pub(super) fn file_name(id: &Id) -> String {
    format!("{id}.json")
}

/// The operations on the folder, each noted with its outcome. One at a time: the lock is held.
pub(super) struct Disk<'a> {
    pub(super) folder: &'a Path,
    pub(super) done: Vec<Command>,
}

impl Disk<'_> {
    /// The record, if it is there, readable and not expired. An expired file is deleted, an unreadable one put aside.
    pub(super) fn alive(&mut self, id: &Id) -> Result<Option<Record>, StoreError> {
        let Some(text) = self.read(id)? else {
            return Ok(None);
        };
        match record_of(*id, &text) {
            Ok(record) if is_alive(&record) => Ok(Some(record)),
            Ok(_) => self.unlink(&file_name(id)).map(|()| None),
            Err(problem) => {
                let (name, aside) = (file_name(id), format!("{id}.json.corrupt"));
                tracing::warn!(name, problem, "put an unreadable session file aside");
                self.rename(&name, &aside).map(|()| None)
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
            .create(self.folder);
        let name = self
            .folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        self.note(format!("mkdir {name} (0700)"), made, ok)
            .map_err(|error| refused(&error))
    }

    /// Writes beside, forces to the disk, renames into place, forces the folder.
    pub(super) fn put(&mut self, record: &Record) -> Result<(), StoreError> {
        let (name, beside) = (file_name(&record.id), format!("{}.json.tmp", record.id));
        let text = record_text(record);
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
        self.rename(&beside, &name)?;
        let folder = File::open(self.folder).and_then(|folder| folder.sync_all());
        self.note("fsync (the folder)".to_owned(), folder, ok)
            .map_err(|error| refused(&error))
    }

    pub(super) fn rename(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        let renamed = fs::rename(self.folder.join(from), self.folder.join(to));
        self.note(format!("rename {from} {to}"), renamed, ok)
            .map_err(|error| refused(&error))
    }

    pub(super) fn unlink(&mut self, name: &str) -> Result<(), StoreError> {
        let unlinked = fs::remove_file(self.folder.join(name));
        missing_is_none(self.note(format!("unlink {name}"), unlinked, ok)).map(drop)
    }

    /// The names in the folder; none if there is no folder yet.
    pub(super) fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = missing_is_none(fs::read_dir(self.folder))?;
        let names = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.collect())
    }

    pub(super) fn sweep_one(&mut self, name: &str) -> Result<(), StoreError> {
        if name.ends_with(".json.tmp") {
            return self.unlink(name);
        }
        match name.strip_suffix(".json").and_then(|id| id.parse().ok()) {
            Some(id) => self.alive(&id).map(drop),
            None => Ok(()),
        }
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

fn missing_is_none<T>(outcome: io::Result<T>) -> Result<Option<T>, StoreError> {
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
