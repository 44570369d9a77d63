//! What the lab asks of the folder beyond tower-sessions.

use std::time::Duration;

use async_trait::async_trait;
use tower_sessions::session::{Id, Record};

use super::{
    FileStore,
    disk::{Disk, Found, file_name},
};
use crate::stores::{
    SandboxStore, Seen, StoreError, StoreKind, Stored,
    listing::{FileEntry, Reaped},
    sandbox_store::moved,
    stored::record_of,
};

/// Between two reads of a file that is not there, as in session-file-store.
const RETRY_AFTER: Duration = Duration::from_millis(50);

impl FileStore {
    /// Reads a file that is not there up to this many times more, 50 ms apart, as session-file-store
    /// does: another server may just be renaming it into place.
    #[must_use]
    pub const fn with_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Every entry of the folder as it lies there, in silence; none if there is no folder yet.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us read.
    pub async fn listing(&self) -> Result<Vec<FileEntry>, StoreError> {
        self.silently(|disk| disk.listing()).await
    }

    /// Cleans as [`FileStore::sweep`] does, told, and says what it did. What is unreadable is put
    /// aside and not counted as removed.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us read the folder.
    pub async fn reap(&self) -> Result<Reaped, StoreError> {
        self.on_disk(Disk::sweep).await
    }

    /// Deletes what was put aside and what was left half written, told: how many files.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us.
    pub async fn clear_graveyard(&self) -> Result<usize, StoreError> {
        self.on_disk(Disk::clear_graveyard).await
    }

    /// Deletes the folder with everything in it, as a redeploy does, told. The next session makes it again.
    ///
    /// # Errors
    /// [`StoreError::Refused`] if the disk does not let us.
    pub async fn remove_folder(&self) -> Result<(), StoreError> {
        self.on_disk(Disk::remove_folder).await
    }
}

#[async_trait]
impl SandboxStore for FileStore {
    async fn read(&self, id: &Id) -> Result<Option<(Record, Seen)>, StoreError> {
        let id = *id;
        let mut left = self.retries;
        loop {
            match self.on_disk(move |disk| disk.find(&id)).await? {
                Found::Alive(record, text) => return Ok(Some((record, Seen::of(text)))),
                Found::Missing if left > 0 => {
                    left -= 1;
                    tokio::time::sleep(RETRY_AFTER).await;
                }
                _ => return Ok(None),
            }
        }
    }

    async fn replace(&self, record: &Record, seen: &Seen) -> Result<(), StoreError> {
        let (new, seen) = (record.clone(), seen.clone());
        self.on_disk(move |disk| match disk.find(&new.id)? {
            Found::Alive(_, text) if text.as_bytes() == seen.held() => disk.put(&new),
            Found::Alive(..) => Err(StoreError::Changed),
            _ => Err(StoreError::Gone),
        })
        .await
    }

    async fn upsert(&self, record: &Record) -> Result<(), StoreError> {
        let new = record.clone();
        self.on_disk(move |disk| {
            disk.make_folder()?;
            disk.put(&new)
        })
        .await
    }

    async fn move_ahead(&self, id: &Id, by: time::Duration) -> Result<(), StoreError> {
        let id = *id;
        self.on_disk(move |disk| {
            let text = disk.read(&id)?.ok_or(StoreError::Gone)?;
            let mut record = record_of(id, &text).map_err(|detail| StoreError::Corrupt {
                store: StoreKind::File,
                detail,
            })?;
            record.expiry_date = moved(record.expiry_date, by);
            disk.put(&record)
        })
        .await
    }

    async fn overwrite(&self, id: &Id, text: &str) -> Result<(), StoreError> {
        let (id, text) = (*id, text.to_owned());
        self.on_disk(move |disk| {
            if !disk.exists(&id)? {
                return Err(StoreError::Gone);
            }
            disk.put_text(&file_name(&id), &text)
        })
        .await
    }

    async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        self.inspect(ids).await
    }

    async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError> {
        self.forget(ids).await
    }
}
