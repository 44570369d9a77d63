//! The file store: one JSON file per session, in a folder on the server's disk.
//!
//! It survives the process, but it belongs to one machine: a second server looks into another folder.
//! A crash must never leave half a session, so a record is written beside its place, forced to the
//! disk (`fsync`), and only then renamed: a rename happens as a whole or not at all.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::{
    StoreError, StoreKind, Stored,
    recorder::{self, Command},
    stored::{fresh_id, is_alive, record_of, record_text},
};
use crate::config;

/// Sessions as files. Clones share the folder and the lock that makes check-then-rename one step.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: Arc<PathBuf>,
    one_at_a_time: Arc<Mutex<()>>,
}

impl FileStore {
    /// A store in this folder, which is made when the first session is created.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder: Arc::new(folder),
            one_at_a_time: Arc::default(),
        }
    }

    /// What the files of these ids hold now, expired or not. Unreadable sessions are left out.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us read.
    pub async fn inspect(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        let ids = ids.to_vec();
        self.silently(move |disk| {
            let mut found = Vec::new();
            for id in ids {
                let Some(text) = disk.read(&id)? else {
                    continue;
                };
                let Ok(record) = record_of(id, &text) else {
                    continue;
                };
                let expires_ms = config::to_ms(record.expiry_date);
                found.push(Stored {
                    id,
                    place: file_name(&id),
                    text,
                    expires_ms,
                });
            }
            Ok(found)
        })
        .await
    }

    /// Deletes the files of these ids.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us delete.
    pub async fn forget(&self, ids: &[Id]) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.silently(move |disk| {
            ids.iter()
                .try_for_each(|id| disk.unlink(&file_name(id)).map(drop))
        })
        .await
    }

    /// Removes the files of expired sessions and what a crash left half written. An error with one
    /// file is logged and the others go on; an unreadable session is put aside, not deleted.
    pub async fn sweep(&self) {
        let swept = self.silently(|disk| {
            for name in disk.names()? {
                if let Err(error) = disk.sweep_one(&name) {
                    tracing::warn!(name, %error, "could not sweep a session file");
                }
            }
            Ok(())
        });
        if let Err(error) = swept.await {
            tracing::warn!(%error, "could not sweep the session files");
        }
    }

    /// Runs `work` on the disk, in a thread that may wait, and tells the recorder what it did.
    async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Disk) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (result, done) = self.run(work).await?;
        // The recorder belongs to this task; the thread could not reach it.
        for command in done {
            recorder::record(|| command);
        }
        result
    }

    async fn silently<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Disk) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(work).await?.0
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Disk) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<(Result<T, StoreError>, Vec<Command>), StoreError> {
        let (folder, one_at_a_time) = (Arc::clone(&self.folder), Arc::clone(&self.one_at_a_time));
        let task = tokio::task::spawn_blocking(move || {
            let _alone = one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
            let mut disk = Disk {
                folder: &folder,
                done: Vec::new(),
            };
            let result = work(&mut disk);
            (result, disk.done)
        });
        task.await.map_err(|error| StoreError::Refused {
            store: StoreKind::File,
            reply: error.to_string(),
        })
    }
}

#[async_trait]
impl SessionStore for FileStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let mut new = record.clone();
        record.id = self
            .on_disk(move |disk| {
                disk.make_folder()?;
                while disk.exists(&new.id)? {
                    new.id = fresh_id();
                }
                disk.put(&new).map(|()| new.id)
            })
            .await?;
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let new = record.clone();
        self.on_disk(move |disk| match disk.alive(&new.id)? {
            Some(_) => disk.put(&new),
            None => Err(StoreError::Gone),
        })
        .await?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let id = *id;
        Ok(self.on_disk(move |disk| disk.alive(&id)).await?)
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let name = file_name(id);
        self.on_disk(move |disk| disk.unlink(&name)).await?;
        Ok(())
    }
}

/// A file's name comes from the id's own text: 22 characters of base64url, never a path.
fn file_name(id: &Id) -> String {
    format!("{id}.json")
}

/// The operations on the folder, each noted with its outcome. One at a time: the lock is held.
struct Disk<'a> {
    folder: &'a Path,
    done: Vec<Command>,
}

impl Disk<'_> {
    /// The record, if it is there, readable and not expired. An expired file is deleted, an unreadable one put aside.
    fn alive(&mut self, id: &Id) -> Result<Option<Record>, StoreError> {
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

    fn read(&mut self, id: &Id) -> Result<Option<String>, StoreError> {
        let name = file_name(id);
        let read = fs::read(self.folder.join(&name))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        missing_is_none(self.note(format!("read {name}"), read, Clone::clone))
    }

    fn exists(&mut self, id: &Id) -> Result<bool, StoreError> {
        let name = file_name(id);
        let stat = fs::symlink_metadata(self.folder.join(&name));
        let found = self.note(format!("stat {name}"), stat, |meta| {
            format!("{} bytes", meta.len())
        });
        missing_is_none(found).map(|meta| meta.is_some())
    }

    fn make_folder(&mut self) -> Result<(), StoreError> {
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
    fn put(&mut self, record: &Record) -> Result<(), StoreError> {
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

    fn rename(&mut self, from: &str, to: &str) -> Result<(), StoreError> {
        let renamed = fs::rename(self.folder.join(from), self.folder.join(to));
        self.note(format!("rename {from} {to}"), renamed, ok)
            .map_err(|error| refused(&error))
    }

    fn unlink(&mut self, name: &str) -> Result<(), StoreError> {
        let unlinked = fs::remove_file(self.folder.join(name));
        missing_is_none(self.note(format!("unlink {name}"), unlinked, ok)).map(drop)
    }

    /// The names in the folder; none if there is no folder yet.
    fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = missing_is_none(fs::read_dir(self.folder))?;
        let names = entries
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.collect())
    }

    fn sweep_one(&mut self, name: &str) -> Result<(), StoreError> {
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
