//! The file store: one JSON file per session, in a folder on the server's disk.
//!
//! It survives the process, but it belongs to one machine: a second server looks into another folder.
//! A crash must never leave half a session, so a record is written beside its place, forced to the
//! disk (`fsync`), and only then renamed: a rename happens as a whole or not at all.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

mod disk;
mod looks;
mod sandbox;

use self::disk::{Disk, Found, file_name};
use super::{
    SandboxStore, StoreError, StoreKind, Stored,
    stored::{fresh_id, record_of},
};
use crate::config;
use crate::recorder::{self, Command};

/// Sessions as files. Clones share the folder and the lock that makes check-then-rename one step;
/// another store in the same folder has a lock of its own.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: Arc<PathBuf>,
    one_at_a_time: Arc<Mutex<()>>,
    retries: u32,
}

impl FileStore {
    /// A store in this folder, which is made when the first session is created.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder: Arc::new(folder),
            one_at_a_time: Arc::default(),
            retries: 0,
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
        if let Err(error) = self.silently(Disk::sweep).await {
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
                folder,
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
        self.on_disk(move |disk| match disk.find(&new.id)? {
            Found::Alive(..) => disk.put(&new),
            _ => Err(StoreError::Gone),
        })
        .await?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        Ok(self.read(id).await?.map(|(record, _)| record))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let name = file_name(id);
        self.on_disk(move |disk| disk.unlink(&name)).await?;
        Ok(())
    }
}
