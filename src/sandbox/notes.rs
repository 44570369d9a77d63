//! What a bench of a lab remembers: one page of notes in one file of the lab's folder.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::watch;

use super::Sandbox;
use crate::config;

/// A page of notes, written down when it changed, and a bell that open pages listen to.
///
/// Guarded by a std mutex, not a tokio mutex: nothing waits while it is held.
pub struct Notes<P> {
    sandbox: Sandbox,
    file: &'static str,
    page: Arc<Mutex<P>>,
    changes: watch::Sender<u64>,
    unwritten: Arc<AtomicBool>,
    writing: Arc<Mutex<()>>,
}

impl<P: Default + Serialize + DeserializeOwned + Send + 'static> Notes<P> {
    /// Opens the notes in this file of the lab's folder, or an empty page.
    #[must_use]
    pub fn open(sandbox: Sandbox, file: &'static str) -> Self {
        let written = sandbox.read_notes(file);
        let page = written
            .as_deref()
            .and_then(|notes| serde_json::from_slice::<P>(notes).ok());
        if written.is_some() && page.is_none() {
            tracing::warn!(lab = %sandbox.tag, file, "these notes cannot be read; they start anew");
        }
        Self {
            sandbox,
            file,
            page: Arc::new(Mutex::new(page.unwrap_or_default())),
            // Begins with the time, so that it grows across restarts of the program too: an open page
            // takes over only what is newer than what it has.
            changes: watch::Sender::new(u64::try_from(config::now_ms()).unwrap_or_default()),
            unwritten: Arc::default(),
            writing: Arc::default(),
        }
    }

    /// The walls of the lab.
    pub const fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// The page of notes. Hold it for a few lines only.
    pub fn page(&self) -> MutexGuard<'_, P> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells every open page of this lab that there is something new.
    pub fn announce(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Hears every [`Notes::announce`].
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Notes that the page differs from what is on disk.
    pub fn touch(&self) {
        self.unwritten.store(true, Ordering::Relaxed);
    }

    /// Writes the page to disk, if it differs from what is there.
    pub async fn keep(&self) {
        if !self.unwritten.load(Ordering::Relaxed) {
            return;
        }
        let (sandbox, file) = (self.sandbox.clone(), self.file);
        let (page, unwritten) = (Arc::clone(&self.page), Arc::clone(&self.unwritten));
        let writing = Arc::clone(&self.writing);
        let written = tokio::task::spawn_blocking(move || {
            // One writer at a time, and each writes what is on the page when its turn has come: an
            // older page must not be written over a newer one.
            let _turn = writing.lock().unwrap_or_else(PoisonError::into_inner);
            if !unwritten.swap(false, Ordering::Relaxed) {
                return Ok(());
            }
            let notes = serde_json::to_vec(&*page.lock().unwrap_or_else(PoisonError::into_inner))?;
            sandbox.write_notes(file, &notes)
        });
        if let Ok(Err(error)) = written.await {
            tracing::warn!(lab = %self.sandbox.tag, %error, "the lab's notes could not be written");
            self.touch();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stores::SandboxTag;

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn the_last_page_is_the_one_that_is_written() {
        let folder = std::env::temp_dir().join(format!("notes-{}", std::process::id()));
        let sandbox = Sandbox {
            tag: SandboxTag::of(b"x"),
            folder: folder.clone(),
        };
        let notes = Arc::new(Notes::<u32>::open(sandbox.clone(), "n.json"));
        for round in 0..50 {
            let writers = (0..8).map(|number| {
                let notes = Arc::clone(&notes);
                tokio::spawn(async move {
                    let count = round * 8 + number + 1;
                    {
                        let mut page = notes.page();
                        *page = count.max(*page);
                    }
                    notes.touch();
                    notes.keep().await;
                })
            });
            futures::future::join_all(writers).await;
            let written = sandbox.read_notes("n.json").unwrap();
            assert_eq!(
                String::from_utf8(written).unwrap(),
                notes.page().to_string()
            );
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
